using System.Globalization;

namespace QualityGate.Features.Files;

/// <summary>
/// Reads the Python dictionary in a .npy head: exactly the keys <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, with a
/// string, a truth value and a tuple. It is a parser for that and nothing else; nothing is evaluated.
/// </summary>
internal ref struct NpyHeaderParser
{
    private const int MaximumRank = 32;

    private readonly ReadOnlySpan<char> _text;
    private readonly string _path;
    private int _at;

    /// <summary>A parser over the head's text.</summary>
    public NpyHeaderParser(string text, string path)
    {
        _text = text;
        _path = path;
        _at = 0;
    }

    /// <summary>Parses the whole text.</summary>
    public NpyHeader Parse()
    {
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = TakeString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = TakeDescr();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = TakeTruth();
                    break;
                case "shape" when shape is null:
                    shape = TakeShape();
                    break;
                default:
                    throw Wrong($"the key '{key}' is unknown or stands twice");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (_at != _text.Length || descr is null || fortran is null || shape is null)
        {
            throw Wrong("descr, fortran_order and shape are needed, and nothing else");
        }

        return new NpyHeader(ParseType(descr), fortran.Value, shape, 0);
    }

    private readonly NpyType ParseType(string descr)
    {
        ReadOnlySpan<char> rest = descr;
        bool bigEndian = rest.StartsWith('>');
        if (rest.Length > 0 && rest[0] is '<' or '>' or '|' or '=')
        {
            rest = rest[1..];
        }

        if (rest.StartsWith('O'))
        {
            throw FeatureFileErrors.Unsupported(
                _path, "it holds Python objects, and reading them needs pickle, which runs code", "Save plain arrays: np.save(file, array.astype('float32')).");
        }

        if (rest.Length < 2 || !int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            throw FeatureFileErrors.Unsupported(_path, $"its element type '{descr}' is not supported");
        }

        bool known = (rest[0], size) switch
        {
            ('b', 1) or ('i' or 'u', 1 or 2 or 4 or 8) or ('f', 2 or 4 or 8) => true,
            ('U' or 'S', >= 0 and <= 1 << 16) => true,
            _ => false,
        };
        return known
            ? new NpyType(rest[0], rest[0] == 'U' ? size * 4 : size, bigEndian)
            : throw FeatureFileErrors.Unsupported(_path, $"its element type '{descr}' is not supported");
    }

    private string TakeDescr()
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == '['
            ? throw FeatureFileErrors.Unsupported(_path, "it holds records with fields, not numbers")
            : TakeString();
    }

    private string TakeString()
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] is not ('\'' or '"'))
        {
            throw Wrong("a string is missing");
        }

        char quote = _text[_at++];
        int length = _text[_at..].IndexOf(quote);
        if (length < 0 || _text.Slice(_at, length).Contains('\\'))
        {
            throw Wrong("a string does not end");
        }

        string value = _text.Slice(_at, length).ToString();
        _at += length + 1;
        return value;
    }

    private bool TakeTruth()
    {
        SkipSpace();
        foreach (bool value in (ReadOnlySpan<bool>)[true, false])
        {
            string word = value ? "True" : "False";
            if (_text[_at..].StartsWith(word))
            {
                _at += word.Length;
                return value;
            }
        }

        throw Wrong("fortran_order is neither True nor False");
    }

    private long[] TakeShape()
    {
        List<long> shape = [];
        Expect('(');
        while (!TryTake(')'))
        {
            shape.Add(TakeInteger());
            if (shape.Count > MaximumRank)
            {
                throw Wrong("it has too many dimensions");
            }

            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. shape];
    }

    private long TakeInteger()
    {
        SkipSpace();
        int length = 0;
        while (_at + length < _text.Length && char.IsAsciiDigit(_text[_at + length]))
        {
            length++;
        }

        if (!long.TryParse(_text.Slice(_at, length), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            throw Wrong("its shape is not made of whole numbers");
        }

        _at += length;

        // Python 2 wrote long integers with an L.
        if (_at < _text.Length && _text[_at] == 'L')
        {
            _at++;
        }

        return value;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Wrong($"'{expected}' is missing at character {_at}");
        }
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        bool found = _at < _text.Length && _text[_at] == expected;
        _at += found ? 1 : 0;
        return found;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\t' or '\r')
        {
            _at++;
        }
    }

    private readonly Errors.UserErrorException Wrong(string reason) =>
        FeatureFileErrors.Damaged(_path, $"its numpy header is not valid: {reason}");
}
