using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Commands;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Hooks;

/// <summary>What a pre-push hook does: looks whether a push concerns the specs, and judges those that it does.</summary>
/// <param name="options">How to run.</param>
/// <param name="error">Where a line is said.</param>
internal sealed class HookRun(GateRunOptions options, TextWriter error)
{
    /// <summary>The variable that skips the gate when it is 1.</summary>
    public const string SkipVariable = "QUALITYGATE_SKIP";

    /// <summary>Judges a push.</summary>
    /// <param name="specs">The specs, relative to the folder where one stands.</param>
    /// <param name="remote">The remote's name, or null.</param>
    /// <param name="lines">What git says on standard input, or null when nobody does.</param>
    /// <param name="cancellation">Stops between batches and tiles.</param>
    /// <returns>An exit code: not 0 stops the push.</returns>
    public int Judge(IReadOnlyList<string> specs, string? remote, TextReader? lines, CancellationToken cancellation)
    {
        GitRepository repository = GitRepository.Open(Environment.CurrentDirectory);
        IReadOnlyList<PushedRef>? refs = lines is null ? null : PushedRef.ReadAll(lines);
        PushReview? review = refs is { Count: > 0 } ? new PushReview(repository, refs, remote) : null;
        if (review is null)
        {
            Say("standard input does not say what is pushed, so everything counts as changed");
        }
        else if (review.IsEmpty)
        {
            Say("nothing new is pushed");
            return ExitCodes.Pass;
        }

        List<GateSpec> due = [];
        int worst = ExitCodes.Pass;
        foreach (string path in specs)
        {
            worst = Math.Max(worst, Guarded(() => Consider(path, review, due)));
        }

        // One budget for the push, in equal parts: what specs share is cached when the second one comes.
        GateRunOptions own = options with { Budget = options.Budget / Math.Max(1, due.Count) };
        foreach (GateSpec spec in due)
        {
            worst = Math.Max(worst, Guarded(() => Check(spec, own, cancellation)));
        }

        return worst;
    }

    private int Consider(string path, PushReview? review, List<GateSpec> due)
    {
        if (!File.Exists(path) && review is not null && review.IsElsewhere(path))
        {
            Say($"there is no {path} here nor in what is pushed, so there is nothing to judge");
            return ExitCodes.Pass;
        }

        GateSpec spec = SpecFile.Read(path);
        PushVerdict verdict = review?.Of(spec) ?? new PushVerdict("it is not known what changed", null);
        if (verdict.Reason is null)
        {
            Say($"nothing that {path} judges is changed by this push");
            return ExitCodes.Pass;
        }

        Say($"judging {path}: {verdict.Reason}");
        if (verdict.Warning is { } warning)
        {
            Say("warning: " + warning);
        }

        due.Add(spec);
        return ExitCodes.Pass;
    }

    private static int Check(GateSpec spec, GateRunOptions options, CancellationToken cancellation)
    {
        // A push is no time to accept anything.
        OnMissingBaseline missing = spec.OnMissingBaseline == OnMissingBaseline.Create ? OnMissingBaseline.AbsoluteOnly : spec.OnMissingBaseline;
        RunResult result = new GateRun(options).Check(spec with { OnMissingBaseline = missing }, cancellation);
        ReportFormats.Create(ConsoleReport.Name, TerminalStyle.Output(ColorChoice.Auto)).Write(result, Console.Out);
        Console.Out.Flush();
        if (result.Problems.Count > 0)
        {
            throw UserErrorException.ForProblems(result.Problems);
        }

        return CheckCommand.ExitCodeOf(result);
    }

    private int Guarded(Func<int> step)
    {
        try
        {
            return step();
        }
        catch (UserErrorException mistake)
        {
            Outcome.Write(mistake, error);
            return ExitCodes.CannotJudge;
        }
    }

    private void Say(string line) => error.WriteLine($"qualitygate: {PlainText.OneLine(line)}");
}
