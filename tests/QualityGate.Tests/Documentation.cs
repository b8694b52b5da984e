namespace QualityGate.Tests;

/// <summary>The project's documentation, so that tests can hold it to what the code does.</summary>
internal static class Documentation
{
    public static string Read(string path)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "QualityGate.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return File.ReadAllText(Path.Combine(folder, path)).ReplaceLineEndings("\n");
    }

    /// <summary>Contents of the fenced code blocks of one language.</summary>
    public static string[] Blocks(string path, string language) =>
        [.. Read(path).Split($"```{language}\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
}
