namespace QualityGate.Specs;

/// <summary>Which set's backgrounds are audited.</summary>
public enum AuditedSet
{
    /// <summary>The reference.</summary>
    Reference,

    /// <summary>The candidate.</summary>
    Candidate,
}

/// <summary><c>background:</c> of a spec: how it is audited what features owe to backgrounds.</summary>
public sealed record BackgroundSpec
{
    /// <summary>The modes of an audit that names none.</summary>
    public static IReadOnlyList<MaskMode> DefaultModes { get; } = [MaskMode.None, MaskMode.Soft(0.3), MaskMode.Hard, MaskMode.Inverse, MaskMode.Swap(0)];

    /// <summary>The Ks of an audit that names none.</summary>
    public static IReadOnlyList<int> DefaultKs { get; } = [1, 2, 4, 8];

    /// <summary>Which set.</summary>
    public AuditedSet Set { get; init; } = AuditedSet.Reference;

    /// <summary>What is done to backgrounds, each once; <c>none</c> and <see cref="Against"/> are always among them.</summary>
    public IReadOnlyList<MaskMode> Modes { get; init; } = DefaultModes;

    /// <summary>The mode in which the background is gone, that images as they are get compared with.</summary>
    public MaskMode Against { get; init; } = MaskMode.Hard;

    /// <summary>The Ks of Recall@K, ascending; 1 is always among them.</summary>
    public IReadOnlyList<int> Ks { get; init; } = DefaultKs;

    /// <summary>Level of the tests, in (0, 1).</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>How the p-values of the classes are corrected.</summary>
    public ManyTests Correction { get; init; } = ManyTests.Holm;

    /// <summary>Most examples of one class.</summary>
    public int Examples { get; init; } = 5;

    /// <summary>Whether an image alone in its class is left out rather than a miss.</summary>
    public bool LeavesOutAlone { get; init; }

    /// <summary>Extractors that are audited besides the spec's own, by <c>audit background</c>.</summary>
    public IReadOnlyList<Located<ExtractorRecipe>> Extractors { get; init; } = [];

    /// <summary>Where the section stands.</summary>
    public Errors.SourceLocation? Location { get; init; }

    /// <summary><see cref="Modes"/> with <c>none</c> first and <see cref="Against"/> added when they lack.</summary>
    public IReadOnlyList<MaskMode> AllModes => [.. Modes.Prepend(MaskMode.None).Append(Against).Distinct()];

    /// <summary><c>reference</c> or <c>candidate</c>.</summary>
    public string Role => Set == AuditedSet.Reference ? "reference" : "candidate";
}
