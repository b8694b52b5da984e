using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>background:</c>.</summary>
internal static class BackgroundReader
{
    public static BackgroundSpec? Read(OptionMap spec, string folder, ProblemList problems)
    {
        if (spec.Find(SpecOptions.Background) is not { } entry)
            return null;
        if (entry.Value is not MapNode section)
        {
            ((SectionKind)SpecOptions.Background.Kind).Refuse(entry.Value, SpecOptions.Background.Key, problems);
            return null;
        }

        OptionMap map = OptionMap.Open(section, BackgroundKeys.All, problems);
        MaskMode against = map.ReadOrDefault(BackgroundKeys.Against);
        if (against.IsNone)
            problems.Add(SpecErrors.OutOfRange, "`against` must change the background, but is `none`", map.Find(BackgroundKeys.Against)!.Value.Location);
        return new BackgroundSpec
        {
            Set = map.ReadOrDefault(BackgroundKeys.Set),
            Modes = map.Read(BackgroundKeys.Modes)?.Value ?? BackgroundSpec.DefaultModes,
            Against = against,
            Ks = map.Read(BackgroundKeys.Ks) is { } ks ? [.. ks.Value.Select(k => (int)k).Append(1).Distinct().Order()] : BackgroundSpec.DefaultKs,
            Level = map.ReadOrDefault(BackgroundKeys.Level),
            Correction = map.ReadOrDefault(BackgroundKeys.Correction),
            LeavesOutAlone = map.ReadOrDefault(BackgroundKeys.Alone),
            Examples = (int)map.ReadOrDefault(BackgroundKeys.Examples),
            Extractors = Extractors(map, folder, problems),
            Location = entry.Location,
        };
    }

    /// <summary>Without classes or masks there is nothing to audit, and that is a mistake in the spec rather than in the data.</summary>
    public static void RequireRest(GateSpec spec, ProblemList problems)
    {
        if (spec.Background is not { } background)
            return;
        bool isReference = background.Set == AuditedSet.Reference;
        if ((isReference ? spec.ReferenceLabels : spec.CandidateLabels) is null)
            problems.Add(SpecErrors.NoLabels, $"`background:` needs the class of each image: name `labels` of the {background.Role}", background.Location);
        if ((isReference ? spec.Masks?.Reference : spec.Masks?.Candidate) is null)
            problems.Add(SpecErrors.MissingKey, $"`background:` needs to know where objects are: name `masks` of the {background.Role}", background.Location);
        if (spec.Extractor is null && spec.ExtractorLocation is null)
            problems.Add(SpecErrors.MissingKey, "`background:` needs an `extractor`, since it looks at images in several modes", background.Location);
    }

    /// <summary>A gate on a metric in a mode, such as <c>fid/hard</c>, needs images, so an extractor, and masks of both sets.</summary>
    public static void RequireForGates(GateSpec spec, ProblemList problems)
    {
        string? lack = spec.Extractor is null && spec.ExtractorLocation is null ? "the spec has no `extractor:` key"
            : spec.Masks is not { Reference: not null, Candidate: not null } ? "`masks:` does not name those of both sets" : null;
        if (lack is null)
            return;
        foreach (GateLimit gate in spec.Gates.Where(g => g.Metric.Contains('/', StringComparison.Ordinal)))
            problems.Add(SpecErrors.MissingKey, $"the gate on `{gate.Metric}` needs images and masks of both sets, and {lack}", gate.Location);
    }

    private static List<Located<ExtractorRecipe>> Extractors(OptionMap map, string folder, ProblemList problems)
    {
        List<Located<ExtractorRecipe>> found = [];
        if (map.Read(BackgroundKeys.Extractors) is not { } written)
            return found;
        IReadOnlyList<SpecNode> nodes = map.Find(BackgroundKeys.Extractors)!.Value is ListNode list ? list.Items : [];
        foreach (string text in written.Value)
        {
            SourceLocation? at = nodes.OfType<ScalarNode>().FirstOrDefault(node => node.Text == text)?.Location ?? written.Location;
            if (ExtractorSource.Resolve(text, folder, at, problems) is { } recipe)
                found.Add(new Located<ExtractorRecipe>(recipe, at));
        }

        return found;
    }
}
