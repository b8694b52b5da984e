using System.CommandLine;
using QualityGate.Features.Files;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>--format</c> and <c>--output FORMAT=PATH</c>.</summary>
internal sealed class ReportSettings
{
    private const string English = "en";
    private const string Korean = "ko";

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

    private readonly Option<string> _language = new Option<string>("--language")
    {
        Description = "Language of the html report: en or ko.",
        DefaultValueFactory = _ => English,
        HelpName = "LANGUAGE",
    }.CompletesWords(() => [English, Korean]);

    private ReportSettings()
    {
        _language.AcceptOnlyFromAmong(English, Korean);
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
        command.Options.Add(settings._language);
        return settings;
    }

    /// <summary>The format of standard output.</summary>
    public string FormatOf(ParseResult parsed) => parsed.GetValue(_format)!;

    /// <summary>Whether a report is asked for that shows pictures and points, which are worth gathering only then.</summary>
    public bool WantsEvidence(ParseResult parsed) =>
        FormatOf(parsed) == HtmlReport.Name || (parsed.GetValue(_outputs) ?? []).Any(o => o.StartsWith(HtmlReport.Name + "=", StringComparison.Ordinal));

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
    public static void WriteFile(string format, string path, RunResult result, ReportLanguage language = ReportLanguage.English)
    {
        using StringWriter text = new(System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
        ReportFormats.Create(format, language: language).Write(Placed(result, format), text);
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
            StandardOutput.Write(writer => ReportFormats.Create(format, language: LanguageOf(parsed)).Write(Placed(result, format), writer));
        }
    }

    private ReportLanguage LanguageOf(ParseResult parsed) => parsed.GetValue(_language) == Korean ? ReportLanguage.Korean : ReportLanguage.English;

    private static RunResult Placed(RunResult result, string format) => CheckoutPaths.For(result, format, Environment.GetEnvironmentVariable);

    private void WriteFiles(ParseResult parsed, RunResult result)
    {
        foreach (string output in parsed.GetValue(_outputs) ?? [])
        {
            int equals = output.IndexOf('=', StringComparison.Ordinal);
            WriteFile(FormatOf(output[..equals], output[(equals + 1)..]), output[(equals + 1)..], result, LanguageOf(parsed));
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
