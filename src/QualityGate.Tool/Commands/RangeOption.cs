using System.CommandLine;
using System.Globalization;

namespace QualityGate.Tool.Commands;

/// <summary>Options that hold a number within bounds.</summary>
internal static class RangeOption
{
    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means.</param>
    /// <param name="preset">What holds when it is not given.</param>
    /// <param name="smallest">Smallest value.</param>
    /// <param name="largest">Largest value.</param>
    public static Option<int> Whole(string name, string description, int preset, int smallest, int largest)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => preset, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.TryGetValue(out int value) && (value < smallest || value > largest))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected a whole number from {smallest} to {largest}."));
            }
        });
        return option;
    }
}
