using QualityGate.Backgrounds;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Retrieval;

public sealed class BackgroundAuditTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.65)]
    [InlineData(0.8)]
    public void Exactly_the_planted_classes_are_flagged(double strength)
    {
        Assert.Equal(20, PlantedBackgrounds.Audits(strength).Count);
        foreach (BackgroundReport report in PlantedBackgrounds.Audits(strength))
        {
            Assert.Equal(PlantedBackgrounds.PlantedNames, report.Flagged.Select(c => c.Class));
            Assert.All(report.Flagged, c => Assert.Equal(BackgroundEffect.Disturbs, c.Effect));
            Assert.True(report.Gap < 0);
        }
    }

    [Fact]
    public void Without_anything_planted_nothing_is_flagged() => Assert.All(PlantedBackgrounds.Audits(0), report => Assert.Empty(report.Flagged));

    // The table of docs/background.md.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.15)]
    [InlineData(0.2)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void The_documented_sensitivity_is_measured(double strength)
    {
        (double found, double alarms) holm = PlantedBackgrounds.Rates(strength, ManyTests.Holm), second = PlantedBackgrounds.Rates(strength, ManyTests.BenjaminiHochberg);
        string row = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"| {strength:0.00} | {holm.found * 100:0}% | {holm.alarms:0.00} | {second.found * 100:0}% | {second.alarms:0.00} |");
        Assert.Contains(row, File.ReadAllText(RepositoryFiles.At("docs", "background.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_gap_is_plain_minus_masked_and_examples_show_the_neighbours()
    {
        // Rows 0 and 1 are of class a; as they are, row 0 stands beside row 2, of class b.
        DenseFeatureMatrix plain = LabelledSets.Of([[0f, 1f], [1f, 0f], [0.1f, 1f], [-1f, 0.9f]]);
        DenseFeatureMatrix masked = LabelledSets.Of([[1f, 0.1f], [1f, 0f], [-0.1f, 1f], [0f, 1f]]);
        BackgroundReport report = Evaluate(plain, masked, ["a", "a", "b", "b"]);
        Assert.Equal(["none", "hard"], report.Modes.Select(m => m.Mode));
        Assert.Equal(report.Modes[0].Recall[0].Value - report.Modes[1].Recall[0].Value, report.Gap, 1e-15);
        Assert.True(report.Gap < 0);
        ClassBackground first = report.Classes[0];
        Assert.Equal(("a", 2, 2, 0), (first.Class, first.Queries, first.FailsOnlyPlain, first.FailsOnlyMasked));
        Assert.Equal(new BackgroundExample(0, 2, 1), first.Examples[0]);
        Assert.Equal(["none", "hard"], report.Table().RowNames);
    }

    [Fact]
    public void A_class_that_is_told_by_its_background_is_flagged_the_other_way()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(31, 120, 6, 2);
        FeatureMatrix told = LabelledSets.Of([.. labels.Select((label, i) => label == "0" ? [10f, i % 7] : new[] { -10f, i % 5 })]);
        BackgroundReport report = Evaluate(told, rows, labels);
        Assert.Contains(report.Flagged, c => c.Effect == BackgroundEffect.Helps);
        Assert.True(report.Gap > 0);
    }

    [Fact]
    public void A_mode_that_is_missing_is_a_reason() => Assert.Contains(
        "`hard` once; it has them 0 times",
        Assert.Throws<MetricUnavailableException>(() => BackgroundAudit.Evaluate(
            [new MaskedFeatures("none", LabelledSets.Of([[1f], [1f]]))], ["a", "a"], new BackgroundAuditOptions(), new PlainProducts(), CancellationToken.None)).Message,
        StringComparison.Ordinal);

    private static BackgroundReport Evaluate(FeatureMatrix plain, FeatureMatrix masked, string[] labels) => BackgroundAudit.Evaluate(
        [new MaskedFeatures("none", plain), new MaskedFeatures("hard", masked)], labels, new BackgroundAuditOptions(), new PlainProducts(), CancellationToken.None);
}
