using System.Globalization;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A finite number within bounds.</summary>
internal sealed class NumberKind : ValueKind<double>
{
    /// <summary>Smallest value.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool AboveMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool BelowMaximum { get; init; }

    public override string Expected
    {
        get
        {
            string low = double.IsInfinity(Minimum) ? "" : $" {(AboveMinimum ? "above" : "of at least")} {Show(Minimum)}";
            string high = double.IsInfinity(Maximum) ? "" : $" {(BelowMaximum ? "below" : "at most")} {Show(Maximum)}";
            return "a number" + low + (low.Length > 0 && high.Length > 0 ? " and" : "") + high;
        }
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (!double.IsInfinity(Minimum))
            schema[AboveMinimum ? "exclusiveMinimum" : "minimum"] = Minimum;
        if (!double.IsInfinity(Maximum))
            schema[BelowMaximum ? "exclusiveMaximum" : "maximum"] = Maximum;
        return schema;
    }

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out double value)
    {
        value = double.NaN;
        if (node is not ScalarNode scalar)
            return WrongType(node, name, problems);
        if (!YamlScalar.TryNumber(scalar, out value))
            return WrongType(node, name, problems, Hint(scalar));
        return (double.IsFinite(value) && IsInside(value)) || OutOfRange(node, name, problems);
    }

    private bool IsInside(double value) =>
        (AboveMinimum ? value > Minimum : value >= Minimum) && (BelowMaximum ? value < Maximum : value <= Maximum);

    private static string Hint(ScalarNode scalar)
    {
        if (!scalar.IsPlain && YamlScalar.TryNumber(scalar with { IsPlain = true }, out _))
            return "; remove the quotes";
        return YamlScalar.TryPercent(scalar, out double percent) ? $"; write {Show(percent / 100)}" : "";
    }

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
