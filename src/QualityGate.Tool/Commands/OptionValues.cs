using System.CommandLine.Parsing;

namespace QualityGate.Tool.Commands;

/// <summary>Values in validators.</summary>
internal static class OptionValues
{
    /// <summary>The value, unless what was written is none of its type: the parser says so itself, after the validators.</summary>
    public static bool TryGetValue<T>(this OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }
}
