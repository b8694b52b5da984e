using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate explain [WHAT]</c>: what a code means, or which images are behind the numbers of a spec or a result.</summary>
internal static partial class ExplainCommand
{
    private const int UsualTop = 5;

    public static Command Build()
    {
        Argument<string> what = new Argument<string>("WHAT")
        {
            Description = $"A spec, a result.json, or a code from a message, such as QG2001. Default: {CheckCommand.DefaultSpec} in this folder.",
            DefaultValueFactory = _ => CheckCommand.DefaultSpec,
        }.CompletesWords(() => ErrorCatalogue.All.Select(c => c.Id)).CompletesFiles(".yaml", ".yml", ".json");
        Command command = new("explain", "Name the images behind a failed gate, or say what a code means.") { what };
        Settings settings = Settings.AddTo(command);
        command.SetLongAction((parsed, cancellation) => Run(parsed.GetRequiredValue(what), settings, parsed, cancellation));
        return command
            .WithExitCodes((ExitCodes.Pass, "explained, whatever the gates say"), (ExitCodes.CannotJudge, "it could not be measured or read"))
            .WithExamples(
                ("qualitygate explain", $"Which images made the gates of {CheckCommand.DefaultSpec} fail"),
                ("qualitygate explain qualitygate-out/result.json --format markdown", "The same of a saved result, without measuring"),
                ("qualitygate explain --metric fid --what-if 5%", "What the FID would be without the 5 % most blamed candidate images"),
                ("qualitygate explain QG2001", "What a message meant, and what to do"));
    }

    private static int Run(string what, Settings settings, ParseResult parsed, CancellationToken cancellation)
    {
        if (Code().IsMatch(what) && !File.Exists(what))
        {
            return SayCode(what.ToUpperInvariant());
        }

        bool isResult = Path.GetExtension(what).Equals(".json", StringComparison.OrdinalIgnoreCase);
        if (isResult && parsed.GetValue(settings.WhatIf) is not null)
        {
            throw new UserErrorException(SpecErrors.Contradiction, "--what-if measures again, which needs a spec, not a result.");
        }

        Explanation explanation = isResult
            ? Explanation.Of(ResultReader.Read(what), settings.Metrics(parsed), parsed.GetValue(settings.Top))
            : Measured(what, settings, parsed, cancellation);
        StandardOutput.Write(writer => ExplanationReport.Write(explanation, parsed.GetValue(settings.Format)!, writer));
        return ExitCodes.Pass;
    }

    private static Explanation Measured(string path, Settings settings, ParseResult parsed, CancellationToken cancellation)
    {
        GateSpec spec = SpecFile.Read(path);
        GateRunOptions options = settings.Run.Bind(parsed) with { Baselines = settings.Baselines.Bind(parsed, SpecFile.FolderOf(path)) };
        GateRun run = new(options);
        Explanation explanation = Explanation.Of(run.Check(spec with { OnMissingBaseline = Harmless(spec.OnMissingBaseline) }, cancellation), settings.Metrics(parsed), parsed.GetValue(settings.Top));
        if (Settings.Share(parsed.GetValue(settings.WhatIf)) is not { } share)
        {
            return explanation;
        }

        MeasureRequest request = MeasureRequest.From(spec);
        return explanation with
        {
            WhatIf = run.WhatIf(request, run.Measure(request, null, cancellation), [.. explanation.Blamed.Select(blame => blame.Metric)], share, cancellation),
        };
    }

    // Whoever asks why must not accept today's numbers by asking.
    private static OnMissingBaseline Harmless(OnMissingBaseline written) => written == OnMissingBaseline.Create ? OnMissingBaseline.AbsoluteOnly : written;

    private static int SayCode(string id)
    {
        ErrorCode known = ErrorCatalogue.Find(id) ?? throw new UserErrorException(
            SpecErrors.UnknownCode, $"there is no code `{id}`{NearestName.Suggest(id, [.. ErrorCatalogue.All.Select(c => c.Id)])}");
        Console.Out.WriteLine($"{known.Id}: {known.Title}");
        Console.Out.WriteLine(known.Advice);
        return ExitCodes.Pass;
    }

    [GeneratedRegex("^QG[0-9]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    private sealed record Settings(
        Option<string[]> Metric, Option<int> Top, Option<string> Format, Option<string?> WhatIf, RunSettings Run, BaselineSettings Baselines)
    {
        public static Settings AddTo(Command command)
        {
            Option<string[]> metric = new Option<string[]>("--metric", "-m")
            {
                Description = "A metric to explain; may be given several times. Default: those whose gates did not pass, and those that got worse.",
                HelpName = "NAME",
            }.CompletesWords(() => MetricRegistry.Catalogue.MetricNames);
            Option<int> top = new("--top") { Description = $"Images of each side to name (1 to {Blame.MostImages}).", DefaultValueFactory = _ => UsualTop, HelpName = "N" };
            top.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && result.TryGetValue(out int count) && count is < 1 or > Blame.MostImages)
                {
                    result.AddError($"--top is {count}, expected a whole number from 1 to {Blame.MostImages}.");
                }
            });
            Option<string> format = new("--format")
            {
                Description = $"What standard output shows: {string.Join(", ", ExplanationReport.Formats)}.",
                DefaultValueFactory = _ => ConsoleReport.Name,
                HelpName = "FORMAT",
            };
            format.AcceptOnlyFromAmong([.. ExplanationReport.Formats]);
            Option<string?> whatIf = new Option<string?>("--what-if")
            {
                Description = "Also measure without this share of the candidate, the images most to blame for each metric: 5% or 0.05.",
                HelpName = "SHARE",
            }.CompletesWords(() => ["1%", "5%", "10%"]);
            whatIf.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && Share(result.Tokens[0].Value) is null)
                {
                    result.AddError($"--what-if is `{result.Tokens[0].Value}`, expected a share above 0 and below 100%, such as 5% or 0.05.");
                }
            });
            foreach (Option option in new Option[] { metric, top, format, whatIf })
            {
                command.Options.Add(option);
            }

            return new Settings(metric, top, format, whatIf, RunSettings.AddTo(command), BaselineSettings.AddTo(command, isReader: true));
        }

        public static double? Share(string? text)
        {
            if (text is null)
            {
                return null;
            }

            bool isPercent = text.EndsWith('%');
            return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && (isPercent ? number / 100 : number) is > 0 and < 1 and var share ? share : null;
        }

        public string[] Metrics(ParseResult parsed) => parsed.GetValue(Metric) ?? [];
    }
}
