using QualityGate.Reports;

namespace QualityGate.Tool.Commands;

/// <summary>How commands run that compute no features.</summary>
internal sealed class RunDefaults
{
    /// <summary>The tool's name and the clock; nothing else is used.</summary>
    public GateRunOptions Options { get; } = new() { Tool = new ToolInfo("qualitygate", ToolVersion.Text) };
}
