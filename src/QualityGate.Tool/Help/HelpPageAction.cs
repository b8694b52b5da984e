using System.CommandLine;
using System.CommandLine.Invocation;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Help;

/// <summary>What <c>--help</c> does, whatever else is wrong with the line.</summary>
internal sealed class HelpPageAction : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        using StringWriter page = new();
        new HelpPage(page, TerminalStyle.HelpWidth()).Write(parseResult.CommandResult.Command);
        parseResult.InvocationConfiguration.Output.Write(page.ToString());
        return ExitCodes.Pass;
    }
}
