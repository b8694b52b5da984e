namespace QualityGate.Tool.Completion;

/// <summary>What of the file system a word may name.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Files, and folders on the way to them.</summary>
    Files,

    /// <summary>Folders.</summary>
    Folders,
}
