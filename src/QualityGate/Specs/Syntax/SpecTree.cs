using QualityGate.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace QualityGate.Specs.Syntax;

/// <summary>
/// Builds the tree of a YAML text from YamlDotNet's events, with the place of every key and value. Built by hand because the
/// library's own tree recurses without a bound and expands aliases without one.
/// </summary>
internal sealed class SpecTree
{
    private const int DeepestNesting = 16;

    /// <summary>Values after every alias is written out. Ten aliases of ten aliases of ten soon are millions.</summary>
    private const int MostValues = 10_000;

    private readonly string _file;
    private readonly string _text;
    private readonly ProblemList _problems;
    private readonly Parser _events;
    private readonly Dictionary<string, (SpecNode Node, int Values)> _anchors = new(StringComparer.Ordinal);
    private int _values;

    private SpecTree(string text, string file, ProblemList problems)
    {
        _text = text;
        _file = file;
        _problems = problems;
        _events = new Parser(new StringReader(text));
    }

    /// <summary>The document's top value, or null with problems added.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its path, as shown in messages.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static SpecNode? Parse(string text, string file, ProblemList problems) =>
        new SpecTree(text, file, problems).Document();

    private SpecNode? Document()
    {
        try
        {
            Next();
            Next();
            if (_events.Current is StreamEnd)
                throw Fail(SpecErrors.Syntax, "the file is empty", Mark.Empty);
            Next();
            SpecNode root = Value(0);
            Next();
            Next();
            if (_events.Current is DocumentStart second)
                throw Fail(SpecErrors.Syntax, "the file holds more than one YAML document; keep the first", second.Start);
            return root;
        }
        catch (UserErrorException e)
        {
            _problems.Add(e.Code, e.Message, e.Location);
        }
        catch (YamlException e)
        {
            Explain(e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException
            or IndexOutOfRangeException or NotSupportedException)
        {
            // The scanner lets a few of these out on broken escapes and directives.
            _problems.Add(SpecErrors.Syntax, $"the text is not valid YAML: {e.Message}", new SourceLocation(_file, 1, 1));
        }

        return null;
    }

    private SpecNode Value(int depth)
    {
        ParsingEvent here = _events.Current!;
        if (depth > DeepestNesting)
            throw Fail(SpecErrors.TooLarge, $"values are nested deeper than {DeepestNesting}", here.Start);
        int before = _values;
        CountValues(1, here.Start);
        if (here is AnchorAlias alias)
            return Repeat(alias);
        if (here is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
            throw Fail(SpecErrors.Syntax, $"the tag {Quoted.Text(tag.Value)} is not supported; write the value alone", here.Start);

        SpecNode node = here switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar.Start)),
            SequenceStart => List(depth, At(here.Start)),
            MappingStart => Map(depth, At(here.Start)),
            _ => throw Fail(SpecErrors.Syntax, "a value was expected", here.Start),
        };
        if (here is NodeEvent { Anchor: { IsEmpty: false } anchor })
            _anchors[anchor.Value] = (node, _values - before);
        return node;
    }

    private SpecNode Repeat(AnchorAlias alias)
    {
        // An anchor is known only once its value is complete, so a value cannot hold itself.
        if (!_anchors.TryGetValue(alias.Value.Value, out (SpecNode Node, int Values) anchored))
            throw Fail(SpecErrors.Syntax, $"the alias {Quoted.Text("*" + alias.Value.Value)} has no anchor before it", alias.Start);
        CountValues(anchored.Values, alias.Start);
        return anchored.Node;
    }

    private ListNode List(int depth, SourceLocation start)
    {
        var items = new List<SpecNode>();
        for (Next(); _events.Current is not SequenceEnd; Next())
            items.Add(Value(depth + 1));
        return new ListNode(items, start);
    }

    private MapNode Map(int depth, SourceLocation start)
    {
        var entries = new List<MapEntry>();
        var seen = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        for (Next(); _events.Current is not MappingEnd; Next())
        {
            Mark keyStart = _events.Current!.Start;
            if (Value(depth + 1) is not ScalarNode key)
                throw Fail(SpecErrors.Syntax, "a key must be a plain text", keyStart);
            Next();
            SpecNode value = Value(depth + 1);
            SourceLocation keyAt = At(keyStart);
            if (seen.TryAdd(key.Text, keyAt))
                entries.Add(new MapEntry(key.Text, keyAt, value));
            else
                _problems.Add(SpecErrors.DuplicateKey, $"{Quoted.Text(key.Text)} is given twice; first on line {seen[key.Text].Line}", keyAt);
        }

        return new MapNode(entries, start);
    }

    private void CountValues(int more, Mark mark)
    {
        _values += more;
        if (_values > MostValues)
            throw Fail(SpecErrors.TooLarge, $"the file holds more than {MostValues} values, aliases written out", mark);
    }

    private void Next()
    {
        if (!_events.MoveNext())
            throw Fail(SpecErrors.Syntax, "the file ends too early", Mark.Empty);
    }

    /// <summary>The scanner names line 1 for a tab, wherever it is, and may name the line after it; people look at the tab.</summary>
    private void Explain(YamlException error)
    {
        string[] lines = _text.Split('\n');
        int errorLine = (int)Math.Max(1, error.Start.Line) - 1;
        bool isAboutTab = error.Message.Contains("tab", StringComparison.OrdinalIgnoreCase);
        int tabbed = Array.FindIndex(lines, isAboutTab ? 0 : Math.Min(errorLine, lines.Length - 1), isAboutTab ? lines.Length : 1, IsTabbed);
        if (tabbed >= 0)
        {
            var place = new SourceLocation(_file, tabbed + 1, lines[tabbed].IndexOf('\t', StringComparison.Ordinal) + 1);
            _problems.Add(SpecErrors.Syntax, "a tab indents this line; YAML allows only spaces", place);
        }
        else
        {
            _problems.Add(SpecErrors.Syntax, $"the text is not valid YAML: {error.Message.TrimEnd('.', ' ')}", At(error.Start));
        }
    }

    private static bool IsTabbed(string line) => line.TakeWhile(char.IsWhiteSpace).Contains('\t');

    private UserErrorException Fail(ErrorCode code, string message, Mark mark) => new(code, message, At(mark));

    private SourceLocation At(Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
