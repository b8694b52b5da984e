using System.Text;

namespace QualityGate.Features.Labels;

/// <summary>
/// Rows of comma-separated text as RFC 4180 has it: cells with a comma, a quote or a line break stand in double quotes, and a quote in them is
/// doubled. Lines end with CR LF or LF; empty lines are passed over.
/// </summary>
/// <param name="text">The text, read once.</param>
internal sealed class CsvRows(TextReader text)
{
    // More than a path and a label; a quote that is never closed ends here.
    private const int LongestRow = 1 << 16;
    private const int MostCells = 64;

    private readonly StringBuilder _cell = new();
    private int _nextLine = 1;
    private int _length;

    /// <summary>Line on which the last row began, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Rows given so far.</summary>
    public int Count { get; private set; }

    /// <summary>The next row's cells, or null at the end.</summary>
    /// <exception cref="FormatException">A quote is not closed or stands inside a plain cell, or the row is too long.</exception>
    public IReadOnlyList<string>? Next()
    {
        while (text.Peek() is '\n' or '\r')
        {
            EndLine();
        }

        if (text.Peek() < 0)
        {
            return null;
        }

        Line = _nextLine;
        Count++;
        _length = 0;
        List<string> cells = [Cell()];
        while (text.Peek() == ',')
        {
            text.Read();
            cells.Add(cells.Count < MostCells ? Cell() : throw Fail($"has more than {MostCells} cells"));
        }

        EndLine();
        return cells;
    }

    private string Cell()
    {
        _cell.Clear();
        if (text.Peek() == '"')
        {
            Quoted();
        }
        else
        {
            while (text.Peek() is not (-1 or ',' or '\n' or '\r'))
            {
                char c = Take();
                _cell.Append(c != '"' ? c : throw Fail("has a quote inside a cell that does not begin with one"));
            }
        }

        return _cell.ToString();
    }

    private void Quoted()
    {
        text.Read();
        while (true)
        {
            if (text.Peek() < 0)
            {
                throw Fail("has a quote that is not closed");
            }

            char c = Take();
            _nextLine += c == '\n' ? 1 : 0;
            if (c == '"' && text.Peek() != '"')
            {
                break;
            }

            _cell.Append(c == '"' ? Take() : c);
        }

        if (text.Peek() is not (-1 or ',' or '\n' or '\r'))
        {
            throw Fail("has text after a closing quote");
        }
    }

    private void EndLine()
    {
        int end = text.Read();
        if (end == '\r' && text.Peek() == '\n')
        {
            text.Read();
        }

        _nextLine++;
    }

    private char Take() => ++_length <= LongestRow ? (char)text.Read() : throw Fail($"is longer than {LongestRow} characters");

    private FormatException Fail(string what) => new($"the row on line {Line} {what}");
}
