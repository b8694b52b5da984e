using System.CommandLine;

namespace QualityGate.Tool.Commands;

/// <summary>How long commands are started.</summary>
internal static class CommandActions
{
    /// <summary>
    /// Runs a command on a thread of its own, so that an interrupt finds the main thread free: the command then hears of it, ends at its
    /// next batch and keeps what is done.
    /// </summary>
    public static void SetLongAction(this Command command, Func<ParseResult, CancellationToken, int> run) =>
        command.SetAction((parsed, cancellation) => Task.Run(() => run(parsed, cancellation), CancellationToken.None));
}
