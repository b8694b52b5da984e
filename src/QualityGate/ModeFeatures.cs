using QualityGate.Backgrounds;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Features.Labels;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>One set of images in every mode of an audit, by one extractor.</summary>
internal sealed class ModeFeatures : IDisposable
{
    private readonly IReadOnlyList<MaskMode> _modes;
    private readonly FeatureSource[] _sources;
    private readonly FeatureSet[] _sets;

    private ModeFeatures(IReadOnlyList<MaskMode> modes, FeatureSource[] sources, FeatureSet[] sets, AuditedImages images, MaskedFeatures[] rows)
    {
        (_modes, _sources, _sets) = (modes, sources, sets);
        (Images, Rows) = (images, rows);
    }

    /// <summary>The images that every mode could measure.</summary>
    public AuditedImages Images { get; }

    /// <summary>Their features by mode, in one order.</summary>
    public IReadOnlyList<MaskedFeatures> Rows { get; }

    /// <summary>How many modes there are.</summary>
    public int Count => _modes.Count;

    /// <summary>Name of a mode.</summary>
    public string Name(int mode) => _modes[mode].ToString();

    /// <summary>Everything that was measured in a mode.</summary>
    public FeatureSet Set(int mode) => _sets[mode];

    /// <summary>Another set in a mode.</summary>
    public FeatureSet Load(int mode, string location, string role, CancellationToken cancellation) =>
        _sources[mode].Load(location, role, $"background {Name(mode)}: {role}", null, cancellation).Set;

    public static ModeFeatures Load(FeatureSource source, BackgroundRequest request, List<string> notes, CancellationToken cancellation)
    {
        BackgroundSpec settings = request.Settings;
        IReadOnlyList<MaskMode> modes = settings.AllModes;
        MaskSettings masks = Of(request);
        FeatureSource[] sources = [.. modes.Select(mode => source.InMode(masks with { Mode = mode }))];
        try
        {
            ExtractionResult[] loaded =
                [.. sources.Select((s, i) => s.Load(request.Images, settings.Role, $"background {modes[i]}: {settings.Role}", request.Location, cancellation))];
            Note(settings, modes, loaded, notes);
            LabelledSet plain = LabelReader.Read(loaded[0].Set, request.Labels, settings.Role);
            (AuditedImages images, MaskedFeatures[] rows) = Align(request, modes, [.. loaded.Select(l => l.Set)], plain.Set.Labels!);
            if (images.Count < loaded[0].Set.Count)
                notes.Add($"{loaded[0].Set.Count - images.Count} of {loaded[0].Set.Count} images could not be measured in every mode and were left out of the audit.");
            return new ModeFeatures(modes, sources, [.. loaded.Select(l => l.Set)], images, rows);
        }
        catch
        {
            Array.ForEach(sources, s => s.Dispose());
            throw;
        }
    }

    public void Dispose() => Array.ForEach(_sources, s => s.Dispose());

    // Masks of another kind on the other side are no reason not to audit this one.
    private static MaskSettings Of(BackgroundRequest request) => SetMasks.AreAlike(request.Masks) ? request.Masks
        : request.Settings.Set == AuditedSet.Reference ? request.Masks with { Candidate = null } : request.Masks with { Reference = null };

    private static void Note(BackgroundSpec settings, IReadOnlyList<MaskMode> modes, ExtractionResult[] loaded, List<string> notes)
    {
        int masked = modes.ToList().FindIndex(mode => !mode.IsNone);
        notes.AddRange(loaded[masked].Masks?.Notes(settings.Role) ?? []);
        int faults = loaded[0].Unreadable.Count;
        if (faults > 0)
            notes.Add($"{faults} unreadable images of the {settings.Role} were skipped.");
    }

    private static (AuditedImages Images, MaskedFeatures[] Rows) Align(
        BackgroundRequest request, IReadOnlyList<MaskMode> modes, FeatureSet[] sets, IReadOnlyList<string> labels)
    {
        FeatureMatrix[] features =
            [.. sets.Select(s => s.Features ?? throw new UserErrorException(DataErrors.BackgroundImpossible, $"the extractor {s.ExtractorName} gives no features."))];
        IReadOnlyList<string> ids = sets[0].Ids!;
        string name = request.Name ?? request.Images;
        if (sets.All(s => s.Ids!.SequenceEqual(ids, StringComparer.Ordinal)))
            return (new AuditedImages(request.Settings.Role, name, ids, labels), [.. modes.Select((mode, m) => new MaskedFeatures(mode.ToString(), features[m]))]);
        Dictionary<string, int>[] places = [.. sets.Select(s => Places(s.Ids!))];
        int[] common = [.. places[0].Where(at => places.All(p => p.ContainsKey(at.Key))).Select(at => at.Value).Order()];
        if (common.Length == 0)
            throw new MetricUnavailableException("no image could be measured in every mode");
        MaskedFeatures[] rows =
            [.. modes.Select((mode, m) => new MaskedFeatures(mode.ToString(), new SelectedRows(features[m], [.. common.Select(row => places[m][ids[row]])])))];
        return (new AuditedImages(request.Settings.Role, name, [.. common.Select(row => ids[row])], [.. common.Select(row => labels[row])]), rows);
    }

    private static Dictionary<string, int> Places(IReadOnlyList<string> ids)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int row = 0; row < ids.Count; row++)
            places.TryAdd(ids[row], row);
        return places;
    }
}
