using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Globalization;

namespace QualityGate.Tool.Help;

/// <summary>How commands, options and arguments are written down, alike in help, docs and messages.</summary>
internal static class SymbolText
{
    private const string HelpDescription = "Show this help.";

    /// <summary>Options one may give to a command: its own, then those that hold for every command.</summary>
    public static IEnumerable<Option> OptionsOf(Command command)
    {
        IEnumerable<Command> above = Ancestors(command);
        return command.Options.Concat(above.SelectMany(c => c.Options).Where(o => o.Recursive)).Where(o => !o.Hidden).OrderBy(o => o is HelpOption or VersionOption);
    }

    /// <summary><c>-o, --output FORMAT=PATH</c>.</summary>
    public static string Label(Option option)
    {
        string aliases = string.Join(", ", Aliases(option).Append(option.Name));
        return Value(option) is { Length: > 0 } value ? $"{aliases} {value}" : aliases;
    }

    /// <summary><c>--output FORMAT=PATH</c>.</summary>
    public static string Call(Option option) => Value(option) is { Length: > 0 } value ? $"{option.Name} {value}" : option.Name;

    /// <summary>Short names; <c>-?</c> is understood but not worth a mention.</summary>
    public static IEnumerable<string> Aliases(Option option) => option.Aliases.Where(a => a.StartsWith('-') && a != "-?").OrderBy(a => a.Length);

    /// <summary>What an option's value is called: its name in help, the words it allows, or nothing for a switch.</summary>
    public static string Value(Option option)
    {
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool))
        {
            return string.Empty;
        }

        return option.HelpName ?? (Choices(option) is { Length: > 0 } choices ? string.Join('|', choices) : "VALUE");
    }

    /// <summary>The words an option allows, or completes to where it allows more.</summary>
    public static string[] Choices(Option option)
    {
        string[] labels = [.. option.CompletionSources.SelectMany(s => s(CompletionContext.Empty)).Select(c => c.Label)];
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsEnum ? [.. Enum.GetNames(type).Select(n => n.ToLowerInvariant())] : labels;
    }

    /// <summary>The words an argument allows, or completes to where it allows more.</summary>
    public static string[] Choices(Argument argument) => [.. argument.CompletionSources.SelectMany(s => s(CompletionContext.Empty)).Select(c => c.Label)];

    /// <summary><c>[SPEC]</c>, or <c>SPEC</c> where there is no default.</summary>
    public static string Usage(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        string many = argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{many}]" : many;
    }

    /// <summary>The line after <c>Usage:</c>.</summary>
    public static string Usage(Command command)
    {
        IEnumerable<string> parts =
        [
            command.Path(),
            .. command.Subcommands.Any(c => !c.Hidden) ? ["COMMAND"] : Array.Empty<string>(),
            .. command.Arguments.Where(a => !a.Hidden).Select(Usage),
            .. OptionsOf(command).Where(o => o.Required).Select(Call),
            "[options]",
        ];
        return string.Join(' ', parts);
    }

    /// <summary>The description with what else must be known: whether it is required, what holds when it is not given.</summary>
    public static string Description(Option option)
    {
        string text = option switch
        {
            HelpOption => HelpDescription,
            VersionOption => "Show the version, the runtime and the platform.",
            _ => option.Description ?? string.Empty,
        };
        string notes = option.Required ? " (required)" : string.Empty;
        return option.HasDefaultValue && option.ValueType != typeof(bool) ? WithDefault(text + notes, option.GetDefaultValue()) : text + notes;
    }

    /// <summary>The description with its default.</summary>
    public static string Description(Argument argument) =>
        argument.HasDefaultValue ? WithDefault(argument.Description ?? string.Empty, argument.GetDefaultValue()) : argument.Description ?? string.Empty;

    /// <summary>The command, then those above it up to the root.</summary>
    public static IEnumerable<Command> Ancestors(Command command)
    {
        for (Command? above = command.Parents.OfType<Command>().FirstOrDefault(); above is not null; above = above.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return above;
        }
    }

    private static string WithDefault(string text, object? value)
    {
        string shown = value is Enum word ? word.ToString().ToLowerInvariant() : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return shown.Length == 0 || text.Contains("Default:", StringComparison.Ordinal) ? text : $"{text} [default: {shown}]";
    }
}
