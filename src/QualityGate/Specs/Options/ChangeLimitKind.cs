using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>How far a value may move from the baseline.</summary>
/// <param name="Value">Metric units, or a fraction of the baseline's value.</param>
/// <param name="IsRelative">Whether it was written in percent.</param>
internal readonly record struct ChangeLimit(double Value, bool IsRelative);

/// <summary>A number, or a percentage of the baseline's value: <c>0.5</c> or <c>5%</c>.</summary>
internal sealed class ChangeLimitKind : ValueKind<ChangeLimit>
{
    /// <summary>Beyond this a limit is a slip of the pen and would never hold anything.</summary>
    private const double LargestPercent = 100_000;

    public override string Expected => "a number of at least 0, or a percentage of the baseline such as 5%";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = @"^\+?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? *%$" }),
    };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out ChangeLimit value)
    {
        value = default;
        if (node is not ScalarNode scalar)
            return WrongType(node, name, problems);
        if (YamlScalar.TryPercent(scalar, out double percent))
        {
            value = new ChangeLimit(percent / 100, IsRelative: true);
            return percent is >= 0 and <= LargestPercent || OutOfRange(node, name, problems);
        }

        if (!YamlScalar.TryNumber(scalar, out double number))
            return WrongType(node, name, problems);
        value = new ChangeLimit(number, IsRelative: false);
        return (double.IsFinite(number) && number >= 0) || OutOfRange(node, name, problems);
    }
}
