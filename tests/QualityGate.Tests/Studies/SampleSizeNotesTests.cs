using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Studies;
using QualityGate.Tests.Metrics;

namespace QualityGate.Tests.Studies;

public sealed class SampleSizeNotesTests
{
    private static readonly MetricValue Fid = new() { Name = "fid", Value = 1, Direction = MetricDirection.Lower, Convention = "heusel" };
    private static readonly MetricValue Coverage = new()
    {
        Name = "coverage",
        Value = 1,
        Direction = MetricDirection.Higher,
        Convention = "prdc",
        Parameters = [KeyValuePair.Create("k", (object)5), KeyValuePair.Create("convention", (object)"prdc")],
    };

    [Fact]
    public void Too_few_images_are_said_for_each_metric_and_set() => Assert.Equal(
        [
            "fid needs 400 reference images to settle, and there are 399 (sizes.json, within 5 %).",
            "fid needs more than 700 candidate images to settle, and there are 700 (sizes.json, within 5 %).",
        ],
        Notes([Fid, Coverage], 399, 700));

    [Fact]
    public void Enough_images_say_nothing() => Assert.Empty(Notes([Coverage], 1, 1));

    [Fact]
    public void More_images_than_an_unsettled_study_had_are_not_called_enough() => Assert.Equal(
        ["fid had not settled at 700 candidate images; whether 900 are enough takes a new study (sizes.json, within 5 %)."], Notes([Fid], 400, 900));

    [Fact]
    public void Another_extractor_makes_the_study_silent() => Assert.Equal(
        ["The sample size study sizes.json was made with another extractor (vgg); it says nothing of these sets."], Notes([Fid], 1, 1, "sha256:01"));

    [Fact]
    public void Other_parameters_are_not_covered()
    {
        MetricValue other = Coverage with { Parameters = [KeyValuePair.Create("k", (object)3), KeyValuePair.Create("convention", (object)"prdc")] };
        Assert.Equal(["The sample size study sizes.json says nothing of coverage with these parameters."], Notes([other], 400, 700));
    }

    private static string[] Notes(MetricValue[] values, int references, int candidates, string? fingerprint = "sha256:00")
    {
        FeatureSet Set(int count) => GoldenSets.Set(GoldenSets.Draw(1, count, 1, 1, 0)) with { ExtractorFingerprint = fingerprint };
        return [.. SampleSizeNotes.Of(SampleSizesFileTests.Example, "sizes.json", values, Set(references), Set(candidates))];
    }
}
