using QualityGate.Backgrounds;
using QualityGate.Metrics;
using QualityGate.Reports;

namespace QualityGate;

/// <summary>The audit of backgrounds in a run: its findings, or why there are none. A gate on a number that is not there cannot be judged, and is never a pass.</summary>
internal sealed class BackgroundAudited
{
    private readonly BackgroundFindings? _findings;

    private BackgroundAudited(BackgroundFindings? findings, IReadOnlyDictionary<string, MetricNumber> numbers) => (_findings, Numbers) = (findings, numbers);

    /// <summary>The numbers by metric.</summary>
    public IReadOnlyDictionary<string, MetricNumber> Numbers { get; }

    /// <summary>Audits, and writes the folder when there is to be one.</summary>
    public static BackgroundAudited Of(BackgroundRequest request, GateRunOptions options, CancellationToken cancellation)
    {
        if (!FeatureSource.Exists(request.Images))
        {
            return Without($"the {request.Settings.Role} is not here; `background.set: candidate` audits what this build made");
        }

        try
        {
            BackgroundFindings findings = new BackgroundRun(options).TryAudit(request, cancellation);
            if (options.BackgroundFolder is { } folder)
            {
                BackgroundFolder.Write(folder, findings, options.Tool);
            }

            return new BackgroundAudited(findings, BackgroundNumbers.Of(findings.Extractors[0].Report));
        }
        catch (MetricUnavailableException reason)
        {
            return Without(reason.Message);
        }
    }

    /// <summary>Adds tables and notes to a run's metrics.</summary>
    public MeasuredMetrics Complete(MeasuredMetrics metrics, string? folder) => _findings is null ? metrics : BackgroundNumbers.Complete(metrics, _findings, folder);

    private static BackgroundAudited Without(string reason) => new(null, BackgroundNumbers.Unavailable(reason));
}
