using System.Globalization;
using System.Text;
using QualityGate.Errors;

namespace QualityGate.Specs;

/// <summary>A limit to write in place of the one in the spec.</summary>
/// <param name="Limit">The limit as it stands.</param>
/// <param name="Value">What it becomes.</param>
public sealed record LimitEdit(GateLimit Limit, double Value)
{
    /// <summary>The text of a spec with other limits, all else as it was: comments, spaces, line endings.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="catalogue">The metrics that gates may hold.</param>
    /// <param name="edits">What to write; a number that is not where the spec's reader saw it is left alone.</param>
    /// <returns>The text, and the edits that are in it.</returns>
    public static (string Text, IReadOnlyList<LimitEdit> Done) Apply(string text, string path, IMetricCatalogue catalogue, IReadOnlyList<LimitEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(edits);
        List<LimitEdit> done = [];

        // From the end, so that places before it stay.
        foreach (LimitEdit edit in edits.OrderByDescending(e => e.Limit.NumberLocation?.Line).ThenByDescending(e => e.Limit.NumberLocation?.Column))
        {
            if (edit.In(text) is { } changed && edit.IsAllThatChanged(text, changed, path, catalogue))
            {
                text = changed;
                done.Insert(0, edit);
            }
        }

        return (text, done);
    }

    private string? In(string text)
    {
        if (Limit.NumberLocation is not { } at || StartOf(text, at) is not { } start)
        {
            return null;
        }

        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || "+-._".Contains(text[end], StringComparison.Ordinal)))
        {
            end++;
        }

        return double.TryParse(text.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double written) && written.Equals(Limit.Limit)
            ? new StringBuilder(text).Remove(start, end - start).Insert(start, Value.ToString("R", CultureInfo.InvariantCulture)).ToString()
            : null;
    }

    private static int? StartOf(string text, SourceLocation at)
    {
        int start = 0;
        for (int line = 1; line < at.Line; line++)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        return start + at.Column - 1 is int place && place < text.Length ? place : null;
    }

    // A number behind an anchor would change other limits too.
    private bool IsAllThatChanged(string before, string after, string path, IMetricCatalogue catalogue)
    {
        try
        {
            GateLimit[] was = [.. SpecReader.Parse(before, path, catalogue).Gates.Select(Bare)], now = [.. SpecReader.Parse(after, path, catalogue).Gates.Select(Bare)];
            int[] changed = [.. Enumerable.Range(0, Math.Min(was.Length, now.Length)).Where(i => was[i] != now[i])];
            return was.Length == now.Length && changed is [int only] && was[only] == Bare(Limit) && now[only] == Bare(Limit with { Limit = Value });
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    private static GateLimit Bare(GateLimit limit) => limit with { Location = null, NumberLocation = null };
}
