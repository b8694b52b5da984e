using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>The parameters of one family in one run: what was written, and the defaults for the rest.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, object> _values;

    private ParameterValues(Dictionary<string, object> values) => _values = values;

    /// <summary>Binds what was written for <paramref name="family"/> to its definitions.</summary>
    /// <exception cref="UserErrorException">A parameter is unknown or its value is not allowed.</exception>
    public static ParameterValues Bind(IMetricFamily family, IEnumerable<MetricParameter> written)
    {
        ArgumentNullException.ThrowIfNull(family);
        Dictionary<string, object> values = family.Parameters.ToDictionary(p => p.Name, p => p.Parse(p.Default)!, StringComparer.Ordinal);
        foreach (MetricParameter parameter in written.Where(p => p.Family == family.Name))
        {
            ParameterDefinition definition = family.Parameters.FirstOrDefault(p => p.Name == parameter.Name)
                ?? throw Unknown(family, parameter);
            values[definition.Name] = definition.Parse(parameter.Value) ?? throw new UserErrorException(
                DataErrors.ParameterValue,
                $"`{family.Name}.{parameter.Name}` is `{parameter.Value}`, expected {definition.Expected}.",
                parameter.Location);
        }

        return new ParameterValues(values);
    }

    /// <summary>A whole number.</summary>
    public int Number(string name) => (int)_values[name];

    /// <summary>A number that may have a fraction.</summary>
    public double Real(string name) => (double)_values[name];

    /// <summary>The whole numbers of a list, ascending.</summary>
    public IReadOnlyList<int> Numbers(string name) => (int[])_values[name];

    /// <summary>A word, or null when a number was written.</summary>
    public string? Word(string name) => _values[name] as string;

    /// <summary>All of them, in the order of the family's definitions, for results: whole numbers, real ones or text.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> InOrder(IMetricFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return [.. family.Parameters.Select(p => KeyValuePair.Create(p.Name, Shown(_values[p.Name])))];
    }

    // A list of one is that number; of several, as it could be written.
    private static object Shown(object value) => value switch
    {
        int[] and [int only] => only,
        int[] numbers => string.Join(',', numbers),
        _ => value,
    };

    private static UserErrorException Unknown(IMetricFamily family, MetricParameter parameter)
    {
        string known = family.Parameters.Count == 0
            ? "it has none"
            : "it has " + string.Join(", ", family.Parameters.Select(p => p.Name));
        return new UserErrorException(
            DataErrors.UnknownParameter, $"`{family.Name}` has no parameter `{parameter.Name}`; {known}.", parameter.Location);
    }
}
