using QualityGate.Errors;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A map whose keys are known. Unknown and missing keys are problems as soon as it is opened.</summary>
internal sealed class OptionMap
{
    private readonly Dictionary<string, MapEntry> _entries;
    private readonly ProblemList _problems;

    private OptionMap(MapNode node, ProblemList problems)
    {
        Node = node;
        _entries = node.Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        _problems = problems;
    }

    /// <summary>The map itself.</summary>
    public MapNode Node { get; }

    /// <summary>Opens a map and checks its keys.</summary>
    /// <param name="node">The map.</param>
    /// <param name="known">All keys it may have.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static OptionMap Open(MapNode node, IReadOnlyList<Option> known, ProblemList problems)
    {
        string[] names = [.. known.Select(o => o.Key)];
        MapEntry[] unknown = [.. node.Entries.Where(e => !names.Contains(e.Key))];
        foreach (MapEntry entry in unknown)
        {
            string message = $"unknown key {Quoted.Text(entry.Key)}{NearestName.Suggest(entry.Key, names)}";
            problems.Add(SpecErrors.UnknownKey, message, entry.Location);
        }

        var map = new OptionMap(node, problems);

        // A misspelt key is one mistake, not an unknown and a missing one.
        HashSet<string?> meant = [.. unknown.Select(e => NearestName.Find(e.Key, names))];
        foreach (Option option in known.Where(o => o.IsRequired && !map.Has(o) && !meant.Contains(o.Key)))
            problems.Add(SpecErrors.MissingKey, $"`{option.Key}` is missing; it is {option.Expected}", node.Location);
        return map;
    }

    /// <summary>Whether the key is given with a value. <c>key:</c> and <c>key: ~</c> mean that it is not.</summary>
    public bool Has(Option option) => Find(option) is not null;

    /// <summary>The entry, or null when the key is not given.</summary>
    public MapEntry? Find(Option option) =>
        _entries.TryGetValue(option.Key, out MapEntry? entry) && !YamlScalar.IsNull(entry.Value) ? entry : null;

    /// <summary>The value, null when the key is not given or its value is wrong (then a problem was added).</summary>
    public Located<T>? Read<T>(Option<T> option) =>
        Find(option) is { } entry && option.Kind.TryRead(entry.Value, option.Key, _problems, out T? value)
            ? new Located<T>(value, entry.Value.Location)
            : null;

    /// <summary>The value, or the option's default.</summary>
    public T ReadOrDefault<T>(Option<T> option) => Read(option) is { } found ? found.Value : option.DefaultValue;
}
