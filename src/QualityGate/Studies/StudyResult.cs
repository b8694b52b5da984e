using System.Globalization;
using QualityGate.Metrics;

namespace QualityGate.Studies;

/// <summary>A finished study.</summary>
/// <param name="Sizes">What it found, to be kept.</param>
/// <param name="Curves">What it measured, a curve for each set that was studied.</param>
public sealed record StudyResult(SampleSizes Sizes, IReadOnlyList<SizeCurve> Curves)
{
    /// <summary>The curves, and the smallest sizes.</summary>
    public IReadOnlyList<MetricTable> Tables =>
    [
        .. Curves.Select(c => c.Table()),
        new MetricTable(
            "sample_size_study.smallest",
            ["reference", "candidate"],
            [.. Sizes.Metrics.Select(m => (IReadOnlyList<double?>)[m.Reference?.Smallest, m.Candidate?.Smallest])])
        {
            RowNames = [.. Sizes.Metrics.Select(m => m.Name)],
            IsShown = true,
            Caption = $"Images from which on a metric stays within {TextOf(Sizes.Tolerance)} of its value on the whole sets; none: more than there are; 0: it does not look at the set.",
        },
    ];

    /// <summary>What is not settled, a sentence for each metric and set.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Unstudied("reference"),
        .. Unstudied("candidate"),
        .. Sizes.Metrics.SelectMany(m => Unsettled(m.Name, "reference", m.Reference).Concat(Unsettled(m.Name, "candidate", m.Candidate))),
    ];

    internal static string TextOf(double tolerance) => (tolerance * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    private IEnumerable<string> Unstudied(string role)
    {
        if (Curves.All(c => c.Role != role))
        {
            yield return $"The sample size study leaves the {role} out: it holds no features or logits of single images.";
        }
    }

    private IEnumerable<string> Unsettled(string metric, string role, SettledSize? size)
    {
        if (size is { Smallest: null })
        {
            IReadOnlyList<int> sizes = Curves.First(c => c.Role == role).Sizes;
            string seen = sizes.Count > 1
                ? string.Create(CultureInfo.InvariantCulture, $"it had not settled within {TextOf(Sizes.Tolerance)} at {sizes[^2]}")
                : "there are too few to draw subsets of";
            yield return string.Create(CultureInfo.InvariantCulture, $"{metric} needs more than {size.Largest} {role} images: {seen}.");
        }
    }
}
