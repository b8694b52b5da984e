using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Baselines;

public sealed class BaselineCompatibilityTests
{
    private const string Name = "random-vgg16";
    private const string Fingerprint = "sha256:00ff";

    private readonly FeatureSet _reference = Sets.Full();

    [Fact]
    public void The_same_measurement_passes_also_after_a_round_through_the_file()
    {
        using TemporaryFolder folder = new();
        BaselineFile.Write(folder.File("b"), Samples.Accept(_reference), _reference);
        (Baseline baseline, FeatureSet reference) = BaselineFile.Read(folder.File("b"));

        BaselineCompatibility.Check(baseline, Name, Fingerprint, [Samples.Fid with { Value = 9 }, Samples.Coverage], _reference);
        BaselineCompatibility.Check(baseline, Name, Fingerprint, [Samples.Coverage], reference);
    }

    [Fact]
    public void Another_extractor_is_refused_with_both_names()
    {
        UserErrorException error = Refused("inception-v3-fid", "sha256:11", [Samples.Fid]);

        Assert.Equal("QG3004", error.Code.Id);
        Assert.Equal(
            "The baseline was made with the extractor 'random-vgg16' (sha256:00ff), now 'inception-v3-fid' (sha256:11).", error.Message);
        Assert.Contains("qualitygate baseline create", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_extractor_with_another_recipe_is_refused()
    {
        UserErrorException error = Refused(Name, "sha256:11", [Samples.Fid]);

        Assert.Equal(
            "The baseline was made with the extractor 'random-vgg16' with another model or recipe (fingerprint sha256:00ff, now sha256:11).", error.Message);
    }

    [Fact]
    public void Foreign_features_have_no_extractor_to_compare() =>
        BaselineCompatibility.Check(Samples.Accept(_reference), null, null, [Samples.Fid], _reference);

    [Fact]
    public void Another_convention_is_refused()
    {
        UserErrorException error = Refused(Name, Fingerprint, [Samples.Fid with { Convention = "clean-fid" }]);

        Assert.Equal(("QG3006", "The baseline's fid follows the convention 'pytorch-fid', now it is 'clean-fid'."), (error.Code.Id, error.Message));
        Assert.Contains("qualitygate baseline update", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_parameters_are_refused_with_each_difference()
    {
        MetricValue now = Samples.Coverage with { Parameters = [new("k", 3), new("eps", 0.1), new("subset", 100)] };

        UserErrorException error = Refused(Name, Fingerprint, [now]);

        Assert.Equal("QG3007", error.Code.Id);
        Assert.Equal(
            "The baseline's coverage was made with k = 5, now 3; subset = not set, now 100; weights = uniform, now not set.", error.Message);
    }

    [Fact]
    public void A_metric_that_is_new_or_has_no_value_is_let_pass()
    {
        MetricValue added = Samples.Fid with { Name = "kid", Convention = "anything" };
        MetricValue failed = Samples.Fid with { Value = null, Error = "no", Convention = "anything" };

        BaselineCompatibility.Check(Samples.Accept(_reference), Name, Fingerprint, [added, failed], _reference);
    }

    [Fact]
    public void Another_reference_is_refused()
    {
        FeatureSet other = Sets.Full(count: 7, seed: 8) with { Source = "other" };

        UserErrorException error = Assert.Throws<UserErrorException>(
            () => BaselineCompatibility.Check(Samples.Accept(_reference), Name, Fingerprint, [Samples.Fid], other));

        Assert.Equal("QG3005", error.Code.Id);
        Assert.StartsWith("The baseline was made with the reference 'images' of 6 images (sha256:", error.Message, StringComparison.Ordinal);
        Assert.Contains("now it is 'other' of 7 (sha256:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_images_are_the_same_reference_though_features_differ_in_their_last_bits()
    {
        FeatureSet elsewhere = Sets.Full() with { Fingerprint = "sha256:of other bits" };

        BaselineCompatibility.Check(Samples.Accept(_reference), Name, Fingerprint, [Samples.Fid], elsewhere);
    }

    private UserErrorException Refused(string name, string fingerprint, MetricValue[] now) => Assert.Throws<UserErrorException>(
        () => BaselineCompatibility.Check(Samples.Accept(_reference), name, fingerprint, now, _reference));
}
