using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>What the spec's gates said of drawn pairs of runs, each judged as a check judges.</summary>
internal sealed class NullVerdicts
{
    private readonly List<GateResult>[] _results;
    private readonly OnInconclusive _onInconclusive;

    private NullVerdicts(int draws, OnInconclusive onInconclusive)
    {
        _results = [.. Enumerable.Range(0, draws).Select(_ => new List<GateResult>())];
        _onInconclusive = onInconclusive;
    }

    /// <summary>By limit: how often it was breached and how often inconclusive; a limit that cannot be judged is missing.</summary>
    public Dictionary<GateLimit, (int Breached, int Inconclusive)> Counts { get; } = [];

    /// <summary>By limit: why it cannot be judged.</summary>
    public Dictionary<GateLimit, string> Problems { get; } = [];

    /// <summary>Judges every limit in every draw.</summary>
    public static NullVerdicts Of(GateSpec spec, NullDraws draws)
    {
        NullVerdicts verdicts = new(draws.Count, spec.OnInconclusive);
        foreach (GateLimit limit in spec.Gates.Distinct())
        {
            verdicts.Add(limit, spec.Confidence, draws);
        }

        return verdicts;
    }

    /// <summary>How many draws had a run's verdict.</summary>
    public int CountRuns(Verdict verdict) => _results.Count(r => GateJudge.Overall(r, _onInconclusive) == verdict);

    private void Add(GateLimit limit, double confidence, NullDraws draws)
    {
        List<IReadOnlyList<GateResult>> judged = [];
        try
        {
            for (int draw = 0; draw < draws.Count; draw++)
            {
                judged.Add(Judge(limit, confidence, draws, draw));
            }
        }
        catch (UserErrorException error)
        {
            Problems[limit] = error.Problems[0].Message;
            return;
        }

        for (int draw = 0; draw < judged.Count; draw++)
        {
            _results[draw].AddRange(judged[draw]);
        }

        Counts[limit] = (judged.Count(j => j.Any(IsBreach)), judged.Count(j => !j.Any(IsBreach) && j.Any(r => r.Verdict == Verdict.Inconclusive)));
    }

    private static bool IsBreach(GateResult result) => result.Verdict is Verdict.Fail or Verdict.Warn;

    private static IReadOnlyList<GateResult> Judge(GateLimit limit, double confidence, NullDraws draws, int draw)
    {
        ClassValues whole = ValuesOf(null, draws, draw);
        ClassValues[] classes = limit.Scope == GateScope.Whole
            ? []
            : [.. draws.Pairs.Keys.Select(s => s.Class).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(c => ValuesOf(c, draws, draw))];
        return GateJudge.Judge([limit], whole.Now, whole.Accepted, classes, noise: whole.Noise, confidence: confidence);
    }

    private static ClassValues ValuesOf(string? inClass, NullDraws draws, int draw)
    {
        (string Metric, NullPair Pair)[] pairs = [.. draws.Pairs.Where(p => p.Key.Class == inClass).Select(p => (p.Key.Metric, p.Value[draw]))];
        Dictionary<string, MetricValue> now = pairs.ToDictionary(p => p.Metric, p => ValueOf(p.Metric, p.Pair.Now, null));
        foreach ((NullSubject subject, string reason) in draws.Failures.Where(f => f.Key.Class == inClass))
        {
            now[subject.Metric] = ValueOf(subject.Metric, null, reason);
        }

        return new ClassValues(inClass ?? string.Empty, now, pairs.ToDictionary(p => p.Metric, p => p.Pair.Accepted))
        {
            Noise = pairs.Where(p => p.Pair.Error is not null).ToDictionary(p => p.Metric, p => new ChangeNoise { StandardError = p.Pair.Error!.Value, Images = draws.Plan.RunCount }),
        };
    }

    // Judging looks at the number and the reason alone.
    private static MetricValue ValueOf(string metric, double? value, string? error) =>
        new() { Name = metric, Value = value, Error = error, Direction = MetricDirection.Lower, Convention = string.Empty };
}
