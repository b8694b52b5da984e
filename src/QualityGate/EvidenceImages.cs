using System.Globalization;
using QualityGate.Features;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>The images that a page speaks of: each once, in the order they were first spoken of, with all that was measured of them.</summary>
internal sealed class EvidenceImages(Measurement measured)
{
    private readonly List<(EvidenceRole Role, int Row)> _wanted = [];
    private readonly Dictionary<(EvidenceRole Role, int Row), int> _known = [];
    private readonly Dictionary<EvidenceRole, Dictionary<string, int>> _rows = [];

    /// <summary>Role and path of each image, by index; the first ones matter most.</summary>
    public IReadOnlyList<(EvidenceRole Role, string Id)> Wanted => [.. _wanted.Select(w => (w.Role, IdOf(w.Role, w.Row)))];

    /// <summary>One side of the measurement.</summary>
    public FeatureSet SetOf(EvidenceRole role) => (role == EvidenceRole.Reference ? measured.Reference : measured.Candidate).Set;

    /// <summary>The index of an image, which is added when it is new.</summary>
    public int Of(EvidenceRole role, int row)
    {
        if (!_known.TryGetValue((role, row), out int index))
        {
            index = _wanted.Count;
            _known.Add((role, row), index);
            _wanted.Add((role, row));
        }

        return index;
    }

    /// <summary>The index of an image if it was spoken of, else null.</summary>
    public int? Find(EvidenceRole role, int row) => _known.TryGetValue((role, row), out int index) ? index : null;

    /// <summary>The row of an image by its name in the scores, or null.</summary>
    public int? RowOf(EvidenceRole role, string name)
    {
        if (!_rows.TryGetValue(role, out Dictionary<string, int>? rows))
        {
            rows = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < SetOf(role).Count; i++)
            {
                rows.TryAdd(IdOf(role, i), i);
            }

            _rows.Add(role, rows);
        }

        return rows.TryGetValue(name, out int row) ? row : null;
    }

    /// <summary>An image's path, or its row number.</summary>
    public string IdOf(EvidenceRole role, int row) => SetOf(role).Ids?[row] ?? row.ToString(CultureInfo.InvariantCulture);

    /// <summary>The images with their pictures, which are aligned with <see cref="Wanted"/>.</summary>
    public IReadOnlyList<EvidenceImage> Build(IReadOnlyList<Thumbnail?> pictures) =>
    [
        .. _wanted.Select((w, i) => new EvidenceImage(w.Role, IdOf(w.Role, w.Row), SetOf(w.Role).Labels?[w.Row], [.. ScoresOf(w.Role, w.Row)], pictures[i])),
    ];

    private IEnumerable<KeyValuePair<string, string>> ScoresOf(EvidenceRole role, int row)
    {
        PerImageSide? side = role == EvidenceRole.Reference ? measured.PerImage?.Reference : measured.PerImage?.Candidate;
        foreach (PerImageColumn column in side?.Columns ?? [])
        {
            if (column.Name != "label" && column.At(row) is { } value)
            {
                yield return KeyValuePair.Create(column.Name, TextOf(value));
            }
        }

        foreach (MetricValue metric in measured.Values)
        {
            double[]? influence = role == EvidenceRole.Reference ? metric.Influence?.Reference : metric.Influence?.Candidate;
            if (influence is { Length: > 1 } && row < influence.Length)
            {
                yield return KeyValuePair.Create($"effect on {metric.Name}", NumberText.Signed(influence[row] / (influence.Length - 1)));
            }
        }
    }

    private static string TextOf(object value) => value switch
    {
        double number => NumberText.Format(number),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
