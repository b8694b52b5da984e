using System.CommandLine;
using QualityGate.Features.Extraction;

namespace QualityGate.Tool.Commands;

/// <summary><c>--budget TIME</c>: how long features that are not cached may be computed.</summary>
internal sealed class BudgetSettings
{
    private readonly Option<string?> _budget = new("--budget")
    {
        Description = "How long features that are not cached may be computed, such as 20s, 2m or 500ms. If it does not suffice, a random sample is measured, and a breached gate is inconclusive.",
        HelpName = "TIME",
    };

    private BudgetSettings() => _budget.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && TimeBudgetText.TryParse(text) is null)
        {
            result.AddError($"--budget is `{text}`, expected {TimeBudgetText.Expected}.");
        }
    });

    /// <summary>Adds the option to a command.</summary>
    public static BudgetSettings AddTo(Command command)
    {
        BudgetSettings settings = new();
        command.Options.Add(settings._budget);
        return settings;
    }

    /// <summary>What was asked for, or null.</summary>
    public TimeSpan? Bind(ParseResult parsed) => Text(parsed) is { } text ? TimeBudgetText.TryParse(text) : null;

    /// <summary>The same as it was written.</summary>
    public string? Text(ParseResult parsed) => parsed.GetValue(_budget);
}
