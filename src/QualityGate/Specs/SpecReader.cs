using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>
/// Reads <c>qualitygate.yaml</c> once, at the border, into a record that needs no further checks. Everything that is wrong with
/// the file comes out as one error, with file, line and column.
/// </summary>
public static class SpecReader
{
    private const long KnownVersion = 1;

    /// <summary>Reads and checks a spec, the recipe of its extractor included.</summary>
    /// <param name="path">Path of the spec.</param>
    /// <param name="catalogue">The metrics that gates may hold.</param>
    /// <exception cref="UserErrorException">The file cannot be read, or something in it is wrong.</exception>
    public static GateSpec Read(string path, IMetricCatalogue catalogue)
    {
        var problems = new ProblemList();
        string? text = SpecText.Read(path, namedAt: null, problems);
        problems.ThrowIfAny();
        return Parse(text!, path, catalogue);
    }

    /// <summary>Checks the text of a spec.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">Where it stands: shown in messages, and relative paths start at its folder.</param>
    /// <param name="catalogue">The metrics that gates may hold.</param>
    /// <exception cref="UserErrorException">Something in it is wrong.</exception>
    public static GateSpec Parse(string text, string path, IMetricCatalogue catalogue)
    {
        var problems = new ProblemList();
        GateSpec? spec = SpecTree.Parse(text, path, problems) is { } root ? Read(root, path, catalogue, problems) : null;
        problems.ThrowIfAny();
        return spec!;
    }

    private static GateSpec? Read(SpecNode root, string path, IMetricCatalogue catalogue, ProblemList problems)
    {
        if (root is not MapNode top)
        {
            problems.Add(SpecErrors.WrongType, $"a spec is a map of keys such as `version: 1`, but this is {root.Describe()}", root.Location);
            return null;
        }

        OptionMap map = OptionMap.Open(top, SpecOptions.All, problems);
        CheckVersion(map, problems);
        string folder = SpecPath.FolderOf(path);
        Located<string>? reference = map.Read(SpecOptions.Reference);
        Located<string>? candidate = map.Read(SpecOptions.Candidate);
        Located<string>? baseline = map.Read(SpecOptions.Baseline);
        (Located<string>? referenceLabels, Located<string>? candidateLabels) = LabelsReader.Read(map, folder, problems);
        IReadOnlyList<GateLimit> gates = GatesReader.Read(map, catalogue, problems);
        MetricSection metrics = MetricsReader.Read(map, catalogue, problems);
        var spec = new GateSpec
        {
            File = path,
            Reference = Absolute(reference, folder) ?? default,
            ReferenceText = reference?.Value,
            Candidate = Absolute(candidate, folder) ?? default,
            CandidateText = candidate?.Value,
            ReferenceLabels = referenceLabels,
            CandidateLabels = candidateLabels,
            Masks = MasksReader.Read(map, folder, problems),
            Baseline = Absolute(baseline, folder),
            OnMissingBaseline = map.ReadOrDefault(SpecOptions.OnMissingBaseline),
            SampleSizes = Absolute(map.Read(SpecOptions.SampleSizes), folder),
            Extractor = ReadExtractor(map, folder, problems),
            ExtractorLocation = map.Find(SpecOptions.Extractor)?.Value.Location,
            MetricFamilies = metrics.Families,
            MetricParameters = metrics.Parameters,
            Anomaly = AnomalyReader.Read(map, folder, problems),
            Background = BackgroundReader.Read(map, folder, problems),
            Gates = gates,
            Waivers = WaiversReader.Read(map, gates, problems),
            Confidence = map.ReadOrDefault(SpecOptions.Confidence),
            OnInconclusive = map.ReadOrDefault(SpecOptions.OnInconclusive),
            OnUnreadable = map.ReadOrDefault(SpecOptions.OnUnreadable),
            Device = map.ReadOrDefault(SpecOptions.Device),
        };
        CheckBaseline(spec, map, problems);
        BackgroundReader.RequireRest(spec, problems);
        if (spec.Gates.All(g => catalogue.IsMetric(g.Metric)))
            BackgroundReader.RequireForGates(spec, problems);
        if (!map.Has(SpecOptions.Labels) || spec.ReferenceLabels is not null || spec.CandidateLabels is not null)
            LabelsReader.RequireForGates(spec, problems);
        return spec;
    }

    private static void CheckVersion(OptionMap map, ProblemList problems)
    {
        if (map.Read(SpecOptions.Version) is { } version && version.Value != KnownVersion)
            problems.Add(SpecErrors.UnknownVersion, $"this tool reads version {KnownVersion} of the spec, not {version.Value}", version.Location);
    }

    private static ExtractorRecipe? ReadExtractor(OptionMap map, string folder, ProblemList problems) =>
        map.Find(SpecOptions.Extractor)?.Value switch
        {
            MapNode inline => RecipeReader.ReadInline(inline, folder, problems),
            { } node when new TextKind(SpecOptions.Extractor.Expected).TryRead(node, SpecOptions.Extractor.Key, problems, out string? text) =>
                ExtractorSource.Resolve(text, folder, node.Location, problems),
            _ => null,
        };

    /// <summary>Without a baseline a change limit could never be breached, and that would look like a pass.</summary>
    private static void CheckBaseline(GateSpec spec, OptionMap map, ProblemList problems)
    {
        if (map.Has(SpecOptions.Baseline))
            return;
        foreach (GateLimit gate in spec.Gates.Where(g => g.Rule is GateRule.MaxIncrease or GateRule.MaxDecrease))
        {
            string message = $"the change limit on `{gate.Metric}` needs a baseline, and the spec has no `baseline:` key";
            problems.Add(SpecErrors.NoBaseline, message, gate.Location);
        }
    }

    private static Located<string>? Absolute(Located<string>? path, string folder) =>
        path is { } given ? given with { Value = SpecPath.Resolve(folder, given.Value) } : null;
}
