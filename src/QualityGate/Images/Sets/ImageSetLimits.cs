namespace QualityGate.Images;

/// <summary>Bounds that keep a hostile or mistaken input from using up memory or time.</summary>
public sealed record ImageSetLimits
{
    /// <summary>10 million images, 256 MiB a file, 64 GiB an archive, 1000 times compressed, folders 64 deep.</summary>
    public static ImageSetLimits Default { get; } = new();

    /// <summary>Most images of a set, entries of an archive and lines of a list.</summary>
    public int MaxImages { get; init; } = 10_000_000;

    /// <summary>Largest file or archive entry, in bytes after decompression.</summary>
    public int MaxImageBytes { get; init; } = 256 << 20;

    /// <summary>Largest sum of the images of an archive, in bytes after decompression.</summary>
    public long MaxArchiveBytes { get; init; } = 64L << 30;

    /// <summary>Largest ratio of an archive entry's size to its compressed size. Deflate itself cannot exceed 1032.</summary>
    public int MaxCompression { get; init; } = 1000;

    /// <summary>Deepest folder, counted from the set's own.</summary>
    public int MaxDepth { get; init; } = 64;
}
