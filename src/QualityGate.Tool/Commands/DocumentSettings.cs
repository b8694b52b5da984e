using System.CommandLine;
using QualityGate.Features.Files;
using QualityGate.Reports;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>--format</c>, <c>--output</c> and <c>--color</c> of commands whose answer is not a run's result.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class DocumentSettings<T>
{
    private readonly (string Name, Action<T, ConsoleStyle, TextWriter> Write)[] _formats;
    private readonly string? _plain;
    private readonly Option<string> _format;
    private readonly Option<string[]> _outputs;
    private readonly Option<ColorChoice> _color = Choice.Of(
        ColorChoice.Auto, "Colours of the console report. auto: on a terminal, unless NO_COLOR is set.", firstLetters: false, "--color");

    private DocumentSettings((string Name, Action<T, ConsoleStyle, TextWriter> Write)[] formats, string? plain)
    {
        _formats = formats;
        _plain = plain;
        string[] names = [.. formats.Select(f => f.Name)];
        _format = new("--format") { Description = $"What standard output shows: {string.Join(", ", names)}.", DefaultValueFactory = _ => names[0], HelpName = "FORMAT" };
        _format.AcceptOnlyFromAmong(names);
        _outputs = new Option<string[]>("--output", "-o")
        {
            Description = "Also write a report to a file; may be given several times." + (plain is null ? string.Empty : $" A name alone gets {plain}."),
            HelpName = plain is null ? "FORMAT=PATH" : "[FORMAT=]PATH",
            AllowMultipleArgumentsPerToken = false,
        }.CompletesWords(() => names.Select(n => $"{n}=")).CompletesFiles();
        _outputs.Validators.Add(result =>
        {
            foreach (string value in result.Tokens.Select(t => t.Value).Where(v => Parse(v) is null))
            {
                result.AddError($"--output is `{value}`, expected FORMAT=PATH with one of {string.Join(", ", names)}.");
            }
        });
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="plain">The format of a file that is named alone, or null when one must be said.</param>
    /// <param name="formats">The formats; the first one is for people and the default.</param>
    public static DocumentSettings<T> AddTo(Command command, string? plain, params (string Name, Action<T, ConsoleStyle, TextWriter> Write)[] formats)
    {
        DocumentSettings<T> settings = new(formats, plain);
        command.Options.Add(settings._format);
        command.Options.Add(settings._outputs);
        command.Options.Add(settings._color);
        return settings;
    }

    /// <summary>Writes every file, then standard output.</summary>
    public void Write(ParseResult parsed, T answer)
    {
        foreach ((string format, string path) in (parsed.GetValue(_outputs) ?? []).Select(o => Parse(o)!.Value))
        {
            using StringWriter text = new(System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
            WriterOf(format)(answer, ConsoleStyle.Plain, text);
            AtomicFile.WriteText(path, text.ToString());
        }

        string shown = parsed.GetValue(_format)!;
        if (shown == _formats[0].Name)
        {
            WriterOf(shown)(answer, TerminalStyle.Output(parsed.GetValue(_color)), Console.Out);
            Console.Out.Flush();
        }
        else
        {
            StandardOutput.Write(writer => WriterOf(shown)(answer, ConsoleStyle.Plain, writer));
        }
    }

    private Action<T, ConsoleStyle, TextWriter> WriterOf(string format) => Array.Find(_formats, f => f.Name == format).Write;

    private (string Format, string Path)? Parse(string output)
    {
        int equals = output.IndexOf('=', StringComparison.Ordinal);
        bool isNamed = equals > 0 && equals < output.Length - 1 && Array.Exists(_formats, f => f.Name == output[..equals]);
        return isNamed ? (output[..equals], output[(equals + 1)..]) : equals < 0 && output.Length > 0 && _plain is not null ? (_plain, output) : null;
    }
}
