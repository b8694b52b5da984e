namespace QualityGate.Features.Labels;

/// <summary>The first folder of an image's path inside its set: <c>boot/001.png</c> is a <c>boot</c>.</summary>
internal static class FolderLabels
{
    public static IReadOnlyList<string> Read(LabelTarget target)
    {
        IReadOnlyList<string> paths = target.Paths("folder");
        string?[] labels = [.. paths.Select(FirstFolder)];
        int[] missing = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] is null)];
        return missing.Length == 0 ? [.. labels.Select(label => label!)] : throw target.Missing(missing, "labels by folder need an image to lie in a folder of the set");
    }

    // A list may name ../x.png or /x/y.png: dots and the root are no classes.
    private static string? FirstFolder(string path)
    {
        string plain = CsvLabels.Normal(path);
        int end = plain.IndexOf('/', StringComparison.Ordinal);
        return end > 0 && plain[..end] != ".." ? plain[..end] : null;
    }
}
