namespace QualityGate.Reports;

/// <summary>One way to show a finished run. A new one is one file and one line in <see cref="ReportFormats"/>.</summary>
public interface IReport
{
    /// <summary>Name behind <c>--format</c>, such as <c>markdown</c>.</summary>
    string Format { get; }

    /// <summary>Writes the whole report. Lines end with a line feed.</summary>
    /// <param name="result">The run.</param>
    /// <param name="writer">Where to; not closed.</param>
    void Write(RunResult result, TextWriter writer);
}
