using System.CommandLine;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary>How much is written to standard error.</summary>
internal enum Verbosity
{
    /// <summary>Errors only.</summary>
    Quiet,

    /// <summary>Progress and warnings.</summary>
    Normal,

    /// <summary>Everything.</summary>
    Detailed,
}

/// <summary>Options of every command that runs extractors.</summary>
internal sealed class RunSettings
{
    private readonly Option<string?> _cache = new("--cache") { Description = "Folder of the feature cache. Default: the user's cache folder.", HelpName = "DIR" };
    private readonly Option<int?> _batch = new("--batch") { Description = "Images that go through the model at once, in each worker (1 to 256). Changes no number.", HelpName = "N" };
    private readonly Option<int?> _threads = new("--threads") { Description = "Workers that decode and infer side by side (1 to 1024). Default: one a core. Changes no number.", HelpName = "N" };
    private readonly Option<string?> _device = new Option<string?>("--device") { Description = "Where models run: auto, cpu, cuda or cuda:N (see docs/gpu.md). Default: what the spec says, or auto, the best that works.", HelpName = "DEVICE" }.CompletesWords(() => ["auto", "cpu", "cuda"]);
    private readonly Option<Verbosity> _verbosity = Choice.Of(
        Verbosity.Normal, "How much is said on standard error; the first letter will do.", firstLetters: true, "--verbosity", "-v");

    private readonly Option<bool> _noProgress = new("--no-progress") { Description = "No progress lines; warnings stay." };

    private RunSettings()
    {
        RequireRange(_batch, 1, 256);
        RequireRange(_threads, 1, 1024);
        _device.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !ComputeDevice.TryParse(result.Tokens[0].Value, out _))
            {
                result.AddError($"--device is '{result.Tokens[0].Value}', expected {ComputeDevice.Expected}.");
            }
        });
    }

    /// <summary>How commands run that compute no features.</summary>
    public static GateRunOptions Defaults => new() { Tool = new ToolInfo("qualitygate", ToolVersion.Text) };

    /// <summary>Adds the options to a command.</summary>
    public static RunSettings AddTo(Command command)
    {
        RunSettings settings = new();
        command.Options.Add(settings._cache);
        command.Options.Add(settings._batch);
        command.Options.Add(settings._threads);
        command.Options.Add(settings._device);
        command.Options.Add(settings._verbosity);
        command.Options.Add(settings._noProgress);
        return settings;
    }

    /// <summary>Whether progress is not to be shown.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_verbosity) == Verbosity.Quiet || parsed.GetValue(_noProgress);

    /// <summary>What was asked for.</summary>
    public GateRunOptions Bind(ParseResult parsed)
    {
        Verbosity verbosity = parsed.GetValue(_verbosity);
        return Defaults with
        {
            CacheFolder = parsed.GetValue(_cache),
            BatchSize = parsed.GetValue(_batch),
            Workers = parsed.GetValue(_threads),
            Device = ComputeDevice.TryParse(parsed.GetValue(_device), out ComputeDevice device) ? device : null,
            Progress = ProgressOf(parsed, "images"),
            Warn = verbosity == Verbosity.Quiet ? null : warning => Console.Error.WriteLine(PlainText.OneLine($"warning: {warning}")),
        };
    }

    /// <summary>A bar that counts something.</summary>
    public ProgressBar ProgressOf(ParseResult parsed, string unit) =>
        new(Console.Error, TerminalStyle.CanRedraw, isQuiet: IsQuiet(parsed)) { Unit = unit };

    private static void RequireRange(Option<int?> option, int smallest, int largest) => option.Validators.Add(result =>
    {
        if (result.TryGetValue(out int? number) && number is { } value && (value < smallest || value > largest))
        {
            result.AddError($"{option.Name} is {value}, expected a whole number from {smallest} to {largest}.");
        }
    });
}
