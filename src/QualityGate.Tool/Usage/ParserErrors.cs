using System.CommandLine;
using System.CommandLine.Parsing;
using QualityGate.Tool.Commands;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Usage;

/// <summary>What the parser and the options' own checks found, in our words where the parser's speak of types.</summary>
internal static class ParserErrors
{
    // The parser tells its errors apart by their text alone; the snapshots of messages hold these to it.
    private const string NotAmong = "Argument '";
    private const string NotOfType = "Cannot parse argument '";
    private const string TooMany = "expects a single argument but";
    private static readonly string[] SaidElsewhere = ["Required command was not", "Unrecognized command or argument", "Option '", "Required argument missing"];

    /// <summary>Translates them.</summary>
    public static IEnumerable<UsageMistake> Of(ParseResult parsed) => parsed.Errors.Select(Translate).OfType<UsageMistake>();

    private static UsageMistake? Translate(ParseError error)
    {
        (string name, Symbol? symbol, IReadOnlyList<Token> tokens) = error.SymbolResult switch
        {
            OptionResult given => (given.Option.Name, given.Option, given.Tokens),
            ArgumentResult { Parent: OptionResult given } => (given.Option.Name, given.Option, given.Tokens),
            ArgumentResult given => (given.Argument.HelpName ?? given.Argument.Name, (Symbol)given.Argument, given.Tokens),
            _ => (string.Empty, (Symbol?)null, (IReadOnlyList<Token>)[]),
        };
        if (symbol is not null && error.Message.Contains(TooMany, StringComparison.Ordinal))
        {
            return new UsageMistake($"{name} may be given once, not {tokens.Count} times.");
        }

        if (symbol is not null && error.Message.StartsWith(NotAmong, StringComparison.Ordinal))
        {
            return NotAllowed(name, symbol, tokens);
        }

        if (symbol is not null && error.Message.StartsWith(NotOfType, StringComparison.Ordinal))
        {
            return new UsageMistake($"{name} is `{tokens[^1].Value}`, expected {Kind(symbol)}.");
        }

        return SaidElsewhere.Any(s => error.Message.StartsWith(s, StringComparison.Ordinal)) ? null : new UsageMistake(error.Message);
    }

    private static UsageMistake NotAllowed(string name, Symbol symbol, IReadOnlyList<Token> tokens)
    {
        string[] words = symbol is Option option ? SymbolText.Choices(option) : SymbolText.Choices((Argument)symbol);
        string written = tokens.Select(t => t.Value).FirstOrDefault(v => !words.Contains(v, StringComparer.Ordinal)) ?? string.Empty;
        return new UsageMistake($"{name} is `{written}`, expected {ChoiceText.Or(words)}{ChoiceText.Nearest(written, words)}");
    }

    private static string Kind(Symbol symbol)
    {
        Type declared = symbol is Option option ? option.ValueType : ((Argument)symbol).ValueType;
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => ChoiceText.Or([.. Enum.GetNames(type).Select(n => n.ToLowerInvariant())]),
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.UInt32 or TypeCode.UInt64 => "a whole number of at least 0",
            TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
            TypeCode.Boolean => "true or false",
            _ => "something else",
        };
    }
}
