namespace QualityGate.Specs;

/// <summary>Where the models of a user lie: which folder the store is, and what is called how in it.</summary>
/// <param name="Folder">The store's folder, absolute.</param>
public sealed record StorePlaces(string Folder)
{
    /// <summary>Variable of the environment that names the store's folder.</summary>
    public const string Variable = "QUALITYGATE_HOME";

    /// <summary>File name of every model in the store.</summary>
    public const string ModelFileName = "model.onnx";

    /// <summary>File name of every entry in the store.</summary>
    public const string EntryFileName = "entry.json";

    private const string Product = "qualitygate";
    private const int LongestName = 64;

    // Endings by which the value of `extractor:` is taken for a path, and one that Windows drops.
    private static readonly string[] EndingsOfOthers = [".onnx", ".yaml", ".yml", "."];

    /// <summary>The folder with one folder a model.</summary>
    public string Models => Path.Combine(Folder, "models");

    /// <summary>
    /// The user's store: <c>QUALITYGATE_HOME</c>, else <c>$XDG_DATA_HOME/qualitygate</c>, else <c>~/.local/share/qualitygate</c>;
    /// <c>%LOCALAPPDATA%\qualitygate</c> on Windows.
    /// </summary>
    public static StorePlaces OfUser() => Of(
        Environment.GetEnvironmentVariable,
        OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : DataFolder(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));

    /// <summary>Whether a text can be a model's name: <c>[a-z0-9][a-z0-9._-]{0,63}</c>, and nothing that reads as a path.</summary>
    /// <param name="text">The text.</param>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= LongestName
            && IsPlain(text[0])
            && text.All(c => IsPlain(c) || c is '.' or '_' or '-')
            && !Array.Exists(EndingsOfOthers, e => text.EndsWith(e, StringComparison.Ordinal));
    }

    /// <summary>The folder of a model.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    public string FolderOf(string name) =>
        IsName(name) ? Path.Combine(Models, name) : throw new ArgumentException("not the name of a model", nameof(name));

    /// <summary>The recipe that <c>NAME</c> or <c>NAME:RECIPE</c> means.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="variant">Name of a further recipe, or null for the usual one.</param>
    public string RecipeOf(string name, string? variant = null) => Path.Combine(FolderOf(name), RecipeFileName(name, variant));

    /// <summary>File name of a recipe in the folder of its model.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="variant">Name of a further recipe, or null for the usual one.</param>
    public static string RecipeFileName(string name, string? variant) =>
        variant is null ? name + RecipeReader.FileEnding : $"{name}.{variant}{RecipeReader.FileEnding}";

    /// <summary>The store that an environment means.</summary>
    internal static StorePlaces Of(Func<string, string?> variable, string dataFolder)
    {
        if (variable(Variable) is { Length: > 0 } named)
            return new StorePlaces(Path.GetFullPath(named));

        // The specification of these variables says that relative values are to be ignored.
        string? configured = OperatingSystem.IsWindows() ? null : variable("XDG_DATA_HOME");
        return new StorePlaces(Path.Combine(Path.IsPathFullyQualified(configured ?? "") ? configured! : dataFolder, Product));
    }

    // A container may have no home at all; models added there last as long as its temporary folder.
    private static string DataFolder(string home) => Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".local", "share");

    private static bool IsPlain(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
