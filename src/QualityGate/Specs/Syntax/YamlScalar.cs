using System.Globalization;
using System.Text.RegularExpressions;

namespace QualityGate.Specs.Syntax;

/// <summary>What a scalar is by YAML 1.2's core schema.</summary>
internal enum ScalarType
{
    /// <summary>Empty or <c>~</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>; <c>yes</c> and <c>on</c> are text, unlike in YAML 1.1.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Another number, infinity and not-a-number among them.</summary>
    Number,

    /// <summary>Anything else, and everything in quotes.</summary>
    Text,
}

/// <summary>Types of scalars by YAML 1.2's core schema (section 10.3.2), whatever the machine's culture.</summary>
internal static partial class YamlScalar
{
    public static ScalarType TypeOf(ScalarNode node) => node switch
    {
        { IsPlain: false } => ScalarType.Text,
        { Text: "" or "~" or "null" or "Null" or "NULL" } => ScalarType.Null,
        { Text: "true" or "True" or "TRUE" or "false" or "False" or "FALSE" } => ScalarType.Boolean,
        _ when IntegerForm().IsMatch(node.Text) => ScalarType.Integer,
        _ when NumberForm().IsMatch(node.Text) || SpecialForm().IsMatch(node.Text) => ScalarType.Number,
        _ => ScalarType.Text,
    };

    public static bool IsNull(SpecNode node) => node is ScalarNode scalar && TypeOf(scalar) == ScalarType.Null;

    /// <summary>The number, which may be infinite or not a number; false when the scalar is no number.</summary>
    public static bool TryNumber(ScalarNode node, out double value)
    {
        value = double.NaN;
        if (TypeOf(node) is not (ScalarType.Integer or ScalarType.Number))
            return false;
        if (SpecialForm().IsMatch(node.Text))
        {
            value = node.Text.EndsWith("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
                : node.Text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return TryBased(node.Text, out value)
            || double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number in a text such as <c>5%</c>: 5. False when it has no percent sign or no number.</summary>
    public static bool TryPercent(ScalarNode node, out double percent)
    {
        percent = double.NaN;
        string text = node.Text.TrimEnd();
        if (!text.EndsWith('%'))
            return false;
        string number = text[..^1].TrimEnd();
        return NumberForm().IsMatch(number)
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out percent);
    }

    private static bool TryBased(string text, out double value)
    {
        value = double.NaN;
        if (text.Length < 3 || text[0] != '0' || text[1] is not ('x' or 'o'))
            return false;
        double radix = text[1] == 'x' ? 16 : 8;
        value = text[2..].Aggregate(0.0, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));
        return true;
    }

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex SpecialForm();
}
