using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>Masks of a set that a person should look at, by the names of their images.</summary>
/// <param name="Missing">Images without a mask.</param>
/// <param name="Empty">Images whose mask holds no object.</param>
/// <param name="Full">Images whose mask holds no background.</param>
/// <param name="Unreadable">Images whose mask cannot be read.</param>
/// <param name="OnMissing">What became of those without.</param>
public sealed record MaskReport(
    IReadOnlyList<string> Missing, IReadOnlyList<string> Empty, IReadOnlyList<string> Full, IReadOnlyList<string> Unreadable, OnMissingMask OnMissing)
{
    private const int MostListed = 10;

    /// <summary>One sentence for each kind that there is.</summary>
    /// <param name="role"><c>reference</c> or <c>candidate</c>.</param>
    public IEnumerable<string> Notes(string role)
    {
        string fate = OnMissing == OnMissingMask.Skip ? "were left out" : "count as all object";
        (IReadOnlyList<string> Ids, string Text)[] kinds =
        [
            (Missing, $"have no mask and {fate}"),
            (Empty, "have a mask without object"),
            (Full, "have a mask without background"),
            (Unreadable, "have a mask that cannot be read and were left out"),
        ];
        return kinds.Where(k => k.Ids.Count > 0).Select(k => $"Images of the {role} that {k.Text}: {k.Ids.Count} ({Listed(k.Ids)}).");
    }

    /// <summary>The first of some names.</summary>
    internal static string Listed(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(MostListed)) + (ids.Count > MostListed ? ", .." : string.Empty);
}
