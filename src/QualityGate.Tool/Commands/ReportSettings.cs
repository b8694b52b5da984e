using System.CommandLine;
using QualityGate.Features.Files;
using QualityGate.Reports;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>--format</c> and <c>--output FORMAT=PATH</c>.</summary>
internal sealed class ReportSettings
{
    private readonly Option<string> _format = new("--format")
    {
        Description = $"What standard output shows: {string.Join(", ", ReportFormats.Names)}.",
        DefaultValueFactory = _ => ConsoleReport.Name,
        HelpName = "FORMAT",
    };

    private readonly Option<string[]> _outputs = new Option<string[]>("--output", "-o")
    {
        Description = "Also write a report to a file; may be given several times.",
        HelpName = "FORMAT=PATH",
        AllowMultipleArgumentsPerToken = false,
    }.CompletesWords(() => ReportFormats.Names.Select(n => $"{n}=")).CompletesFiles();

    private readonly Option<ColorChoice> _color = Choice.Of(
        ColorChoice.Auto, "Colours of the console report. auto: on a terminal, unless NO_COLOR is set.", firstLetters: false, "--color");

    private ReportSettings()
    {
        _format.AcceptOnlyFromAmong([.. ReportFormats.Names]);
        _outputs.Validators.Add(result =>
        {
            foreach (string value in result.Tokens.Select(t => t.Value))
            {
                if (Problem(value) is { } problem)
                {
                    result.AddError(problem);
                }
            }
        });
    }

    /// <summary>Adds the options to a command.</summary>
    public static ReportSettings AddTo(Command command)
    {
        ReportSettings settings = new();
        command.Options.Add(settings._format);
        command.Options.Add(settings._outputs);
        command.Options.Add(settings._color);
        return settings;
    }

    /// <summary>The format of standard output.</summary>
    public string FormatOf(ParseResult parsed) => parsed.GetValue(_format)!;

    /// <summary>Writes every file, then standard output.</summary>
    public void Write(ParseResult parsed, RunResult result)
    {
        WriteFiles(parsed, result);
        Show(parsed, result);
    }

    /// <summary>Writes the files, and standard output only for a machine that reads it: people have been told by the error itself.</summary>
    public void WriteUnmeasured(ParseResult parsed, RunResult result)
    {
        WriteFiles(parsed, result);
        if (parsed.GetValue(_format) != ConsoleReport.Name)
        {
            Show(parsed, result);
        }
    }

    /// <summary>Writes one report to a file, wholly or not at all.</summary>
    public static void WriteFile(string format, string path, RunResult result)
    {
        using StringWriter text = new(System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
        ReportFormats.Create(format).Write(Placed(result, format), text);
        AtomicFile.WriteText(path, text.ToString());
    }

    private void Show(ParseResult parsed, RunResult result)
    {
        string format = parsed.GetValue(_format)!;
        if (format == ConsoleReport.Name)
        {
            ReportFormats.Create(format, TerminalStyle.Output(parsed.GetValue(_color))).Write(result, Console.Out);
            Console.Out.Flush();
        }
        else
        {
            StandardOutput.Write(writer => ReportFormats.Create(format).Write(Placed(result, format), writer));
        }
    }

    private static RunResult Placed(RunResult result, string format) => CheckoutPaths.For(result, format, Environment.GetEnvironmentVariable);

    private void WriteFiles(ParseResult parsed, RunResult result)
    {
        foreach (string output in parsed.GetValue(_outputs) ?? [])
        {
            int equals = output.IndexOf('=', StringComparison.Ordinal);
            WriteFile(FormatOf(output[..equals], output[(equals + 1)..]), output[(equals + 1)..], result);
        }
    }

    // A badge is a picture or what shields.io reads, as the file's name says.
    private static string FormatOf(string format, string path) =>
        format == BadgeReport.Name && Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? BadgeEndpointReport.Name : format;

    private static string? Problem(string output)
    {
        int equals = output.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == output.Length - 1)
        {
            return $"--output is `{output}`, expected FORMAT=PATH such as markdown=report.md.";
        }

        string format = output[..equals];
        if (format == BadgeReport.Name && Path.GetExtension(output).ToUpperInvariant() is not (".SVG" or ".JSON"))
        {
            return $"--output is `{output}`; a badge is a .svg or a .json file.";
        }

        return ReportFormats.Names.Contains(format, StringComparer.Ordinal)
            ? null
            : $"--output names the unknown format `{format}`; there are {string.Join(", ", ReportFormats.Names)}.";
    }
}
