using System.Globalization;
using System.Text.Json;
using QualityGate.Errors;

namespace QualityGate.Reports;

/// <summary>An object of a result file that is read strictly: a wrong type or an unknown property is an error that names it.</summary>
internal sealed class ResultNode
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _path;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ResultNode(JsonElement element, string file, string path = "")
    {
        _element = element;
        _file = file;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw Fail(path.Length == 0 ? "the file" : $"`{path}`", "an object");
    }

    /// <summary>Where in the file it stands.</summary>
    public string Path => _path;

    /// <summary>Names in the order of the file; all count as known.</summary>
    public IReadOnlyList<string> AllNames()
    {
        string[] names = [.. _element.EnumerateObject().Select(p => p.Name)];
        _taken.UnionWith(names);
        return names;
    }

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    public ResultNode Object(string name) => new(Take(name), _file, PathOf(name));

    public ResultNode? OptionalObject(string name) => Has(name) ? Object(name) : null;

    public IReadOnlyList<ResultNode> Objects(string name) =>
        [.. Items(name).Select((item, i) => new ResultNode(item, _file, $"{PathOf(name)}[{i}]"))];

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select((item, i) => TextOf(item, $"{name}[{i}]"))];

    /// <summary>Lists of one length with numbers, null where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> NumberLists(string name, int length) =>
        [.. Items(name).Select((item, i) => NumbersOf(item, $"{PathOf(name)}[{i}]", length))];

    /// <summary>Two finite numbers, the lower one first.</summary>
    public (double Low, double High) Interval(string name)
    {
        double?[] ends = NumbersOf(Take(name), PathOf(name), 2);
        return ends is [{ } low, { } high] && low <= high ? (low, high) : throw Fail($"`{PathOf(name)}`", "two numbers, the lower one first");
    }

    public string Text(string name) => TextOf(Take(name), name);

    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    public bool Flag(string name) => Take(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fail($"`{PathOf(name)}`", "true or false"),
    };

    public int Count(string name) =>
        Take(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) && value >= 0
            ? value
            : throw Fail($"`{PathOf(name)}`", "a whole number of at least 0");

    public double Number(string name) =>
        Take(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Fail($"`{PathOf(name)}`", "a finite number");

    /// <summary>A list of so many finite numbers.</summary>
    public double[] Numbers(string name, int length) =>
        [.. NumbersOf(Take(name), PathOf(name), length).Select(value => value ?? throw Fail($"`{PathOf(name)}`", $"a list of {length} finite numbers"))];

    public double? OptionalNumber(string name) => Has(name) ? Number(name) : null;

    public DateTimeOffset Time(string name) =>
        Take(name) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out DateTimeOffset value)
            ? value
            : throw Fail($"`{PathOf(name)}`", "a time such as 2026-01-31T12:00:00Z");

    public DateOnly Date(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)
            ? value
            : throw Fail($"`{PathOf(name)}`", "a date such as 2026-12-31");

    /// <summary>One of a few words, by the name that each is written with.</summary>
    public T Word<T>(string name, IReadOnlyList<T> values, Func<T, string> nameOf)
    {
        string word = Text(name);
        foreach (T value in values)
        {
            if (nameOf(value) == word)
                return value;
        }

        throw Fail($"`{PathOf(name)}`", $"one of {string.Join(", ", values.Select(nameOf))}");
    }

    /// <summary>A number (int, long or double) or a text.</summary>
    public object Scalar(string name)
    {
        JsonElement element = Take(name);
        if (element.ValueKind == JsonValueKind.String)
            return TextOf(element, name);
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long whole))
            return whole is >= int.MinValue and <= int.MaxValue ? (object)(int)whole : whole;
        return Number(name);
    }

    /// <summary>Refuses what nobody asked for.</summary>
    public void End()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_taken.Contains(property.Name))
                throw Fail($"`{PathOf(PlainText.Cut(PlainText.OneLine(property.Name), 60))}` is not part of {JsonReport.Schema}");
        }
    }

    public UserErrorException Fail(string what, string expected) => Fail($"{what} must be {expected}");

    private UserErrorException Fail(string message) =>
        new(GateErrors.UnreadableResult, $"`{PlainText.OneLine(_file)}` is not a result: {message}");

    private JsonElement.ArrayEnumerator Items(string name) => Take(name) is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray()
        : throw Fail($"`{PathOf(name)}`", "a list");

    private double?[] NumbersOf(JsonElement list, string path, int length)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != length)
            throw Fail($"`{path}`", $"a list of {length} numbers");
        return
        [
            .. list.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.Null ? (double?)null
                : cell.ValueKind == JsonValueKind.Number && cell.TryGetDouble(out double value) && double.IsFinite(value) ? value
                : throw Fail($"`{path}`", "a list of finite numbers or nulls")),
        ];
    }

    private string TextOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Fail($"`{PathOf(name)}`", "a text");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape such as "\ud800" stands for half a character.
            throw Fail($"`{PathOf(name)}`", "a text of whole characters");
        }
    }

    private JsonElement Take(string name)
    {
        _taken.Add(name);
        return _element.TryGetProperty(name, out JsonElement value) ? value : throw Fail($"`{PathOf(name)}` is missing");
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
