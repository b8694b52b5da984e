using System.Globalization;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A whole number within bounds, written without a decimal point.</summary>
/// <param name="minimum">Smallest value.</param>
/// <param name="maximum">Largest value, below 2^53 so that a double holds every one.</param>
/// <param name="multipleOf">The value must be a multiple of this.</param>
internal sealed class IntegerKind(long minimum, long maximum, int multipleOf = 1) : ValueKind<long>
{
    public override string Expected { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"a whole number from {minimum} to {maximum}{(multipleOf == 1 ? "" : $" that {multipleOf} divides")}");

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };
        if (multipleOf != 1)
            schema["multipleOf"] = multipleOf;
        return schema;
    }

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out long value)
    {
        value = 0;
        if (node is not ScalarNode scalar || YamlScalar.TypeOf(scalar) != ScalarType.Integer)
            return WrongType(node, name, problems);
        if (!YamlScalar.TryNumber(scalar, out double number) || !(number >= minimum && number <= maximum))
            return OutOfRange(node, name, problems);
        value = (long)number;
        return value % multipleOf == 0 || OutOfRange(node, name, problems);
    }
}
