using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using QualityGate.Specs;
using QualityGate.Studies;
using QualityGate.Tool.Completion;

namespace QualityGate.Tool.Commands;

/// <summary>Options of the sample size study.</summary>
internal sealed class StudySettings
{
    private const int MostDraws = 1000;
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(5);

    private readonly Option<bool> _study = new("--sample-size-study") { Description = "Find how many images each metric needs: measure random subsets of both sets. Takes 2 to 5 times as long for each draw." };
    private readonly Option<int> _draws = new("--study-draws")
    {
        Description = $"Random subsets of each size (2 to {MostDraws}). Default: {StudyOptions.DefaultDraws}.",
        DefaultValueFactory = _ => StudyOptions.DefaultDraws,
        HelpName = "N",
    };

    private readonly Option<string> _tolerance = new Option<string>("--study-tolerance")
    {
        Description = "How far from its value at full size a metric counts as settled: a share such as 5% or 0.05.",
        DefaultValueFactory = _ => "5%",
        HelpName = "T",
    }.CompletesWords(() => ["1%", "5%", "10%"]);

    private readonly Option<uint> _seed = new("--study-seed") { Description = "Seed of the draws. Default: 0.", HelpName = "N" };
    private readonly Option<string?> _save = new("--save-sample-sizes") { Description = "Keep what the study finds, for --sample-sizes and for `sample_sizes:` in a spec.", HelpName = "FILE" };
    private readonly Option<string?> _use = new("--sample-sizes") { Description = "A kept study: warn when a set is too small for a metric.", HelpName = "FILE" };

    private StudySettings()
    {
        _draws.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.TryGetValue(out int draws) && draws is < 2 or > MostDraws)
            {
                result.AddError($"--study-draws is {draws}, expected a whole number from 2 to {MostDraws}.");
            }
        });
        _tolerance.Validators.Add(result =>
        {
            if (ParseTolerance(result.GetValueOrDefault<string>()!) is null)
            {
                result.AddError($"--study-tolerance is `{result.GetValueOrDefault<string>()}`, expected a share above 0 and up to 100%, such as 5% or 0.05.");
            }
        });
    }

    /// <summary>Adds the options to a command.</summary>
    public static StudySettings AddTo(Command command)
    {
        StudySettings settings = new();
        Option[] dependent = [settings._draws, settings._tolerance, settings._seed, settings._save];
        command.Options.Add(settings._study);
        foreach (Option option in dependent.Append(settings._use))
        {
            command.Options.Add(option);
        }

        // An option that would do nothing is more likely a forgotten one.
        command.Validators.Add(result =>
        {
            if (!result.GetValue(settings._study) && dependent.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } option)
            {
                result.AddError($"{option.Name} needs --sample-size-study.");
            }
        });
        return settings;
    }

    /// <summary>The study that was asked for, or null.</summary>
    public StudyOptions? Bind(ParseResult parsed, GateRunOptions options) => !parsed.GetValue(_study) ? null : new StudyOptions
    {
        Draws = parsed.GetValue(_draws),
        Tolerance = ParseTolerance(parsed.GetValue(_tolerance)!)!.Value,
        Seed = parsed.GetValue(_seed),
        Progress = options.Warn is null ? null : Say(),
    };

    /// <summary>The kept study to hold the sets against, or null.</summary>
    public Located<string>? SampleSizes(ParseResult parsed) => parsed.GetValue(_use) is { } path ? new Located<string>(path, null) : null;

    /// <summary>Keeps what the study found, when that was asked for.</summary>
    public void Save(ParseResult parsed, StudyResult? study)
    {
        if (study is not null && parsed.GetValue(_save) is { } path)
        {
            SampleSizesFile.Write(path, study.Sizes);
        }
    }

    private static double? ParseTolerance(string text)
    {
        bool isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && (isPercent ? number / 100 : number) is > 0 and <= 1 and var share
            ? share
            : null;
    }

    // A short study says nothing; a long one shows now and then that it lives.
    private static Action<string> Say()
    {
        long last = Stopwatch.GetTimestamp();
        return line =>
        {
            if (Stopwatch.GetElapsedTime(last) >= SayEvery)
            {
                last = Stopwatch.GetTimestamp();
                Console.Error.WriteLine(line);
            }
        };
    }
}
