using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class MaskSpecTests
{
    [Fact]
    public void One_source_serves_both_sets_and_defaults_hold()
    {
        MaskSettings masks = SpecText.Read(SpecText.Start + "masks: { source: data/masks }\n").Masks!;
        string path = Path.Combine(SpecText.Folder, "data", "masks");
        Assert.Equal((path, path), (masks.Reference?.Value, masks.Candidate?.Value));
        Assert.Equal(("hard", "128..255", OnMissingMask.Error), (masks.Mode.ToString(), masks.Values.ToString(), masks.OnMissing));
        Assert.Null(SpecText.Read(SpecText.Start).Masks);
    }

    [Fact]
    public void Every_key_is_read()
    {
        MaskSettings masks = SpecText.Read(
            SpecText.Start + "masks: { reference: alpha, candidate: ./alpha, mode: 'soft:0.5', values: 1, threshold: -2, classes: '1,3..5', missing: skip }\n").Masks!;
        Assert.Equal(("alpha", Path.Combine(SpecText.Folder, "alpha")), (masks.Reference?.Value, masks.Candidate?.Value));
        Assert.Equal(("soft:0.5", "1", -2, "1,3..5", OnMissingMask.Skip), (masks.Mode.ToString(), masks.Values.ToString(), masks.Threshold, masks.Classes?.ToString(), masks.OnMissing));
    }

    [Theory]
    [InlineData("masks: data", "qualitygate.yaml(4,8): error QG1003: `masks` must be a map with `source` and `mode`, but is the text `data`")]
    [InlineData("masks: { mode: hard }", "qualitygate.yaml(4,8): error QG1005: `masks:` names no masks: give `source`, or `reference` and `candidate`")]
    [InlineData("masks: { source: a, mode: harder }", "qualitygate.yaml(4,27): error QG1003: `mode` must be none, hard, soft:S with S between 0 and 1, inverse, replace:#RRGGBB, replace:swap or replace:swap:SEED, but is the text `harder`")]
    [InlineData("masks: { source: a, values: 300 }", "qualitygate.yaml(4,29): error QG1003: `values` must be values from 0 to 255 such as 128..255 or 1,3,5..7, but is `300`")]
    [InlineData("masks: { surce: a }", "qualitygate.yaml(4,10): error QG1002: unknown key `surce`; did you mean `source`?")]
    public void A_mistake_is_named_with_its_place(string rest, string expected) => Assert.Equal(expected, SpecText.ProblemsOf(rest));
}
