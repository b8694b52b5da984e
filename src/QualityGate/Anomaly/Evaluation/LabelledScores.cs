namespace QualityGate.Anomaly.Evaluation;

/// <summary>Scores whose truth is known, checked: no NaN, both kinds present.</summary>
internal sealed class LabelledScores
{
    private LabelledScores(double[] scores, bool[] anomalous, int anomalousCount) => (Scores, Anomalous, AnomalousCount) = (scores, anomalous, anomalousCount);

    public double[] Scores { get; }

    public bool[] Anomalous { get; }

    public int AnomalousCount { get; }

    public int NormalCount => Scores.Length - AnomalousCount;

    public static LabelledScores Of(double[] scores, bool[] anomalous)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(anomalous);
        if (scores.Length != anomalous.Length)
        {
            throw new ArgumentException($"{scores.Length} scores have {anomalous.Length} labels.", nameof(anomalous));
        }

        if (Array.Exists(scores, double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.", nameof(scores));
        }

        int count = anomalous.Count(a => a);
        return count > 0 && count < scores.Length
            ? new LabelledScores(scores, anomalous, count)
            : throw new ArgumentException("Normal and anomalous images are both needed.", nameof(anomalous));
    }

    /// <summary>The scores of one kind, in order.</summary>
    public double[] Where(bool anomalous) => [.. Scores.Where((_, i) => Anomalous[i] == anomalous)];

    /// <summary>What is found at each distinct score taken as the threshold, from the highest down.</summary>
    public IEnumerable<ConfusionCounts> Steps()
    {
        double[] keys = [.. Scores];
        bool[] items = [.. Anomalous];
        Array.Sort(keys, items);
        int found = 0, alarms = 0;
        for (int i = keys.Length - 1; i >= 0;)
        {
            // Equal scores cannot be told apart by any threshold: one step.
            double threshold = keys[i];
            for (; i >= 0 && keys[i] == threshold; i--)
            {
                if (items[i])
                {
                    found++;
                }
                else
                {
                    alarms++;
                }
            }

            yield return new ConfusionCounts(threshold, found, alarms, NormalCount - alarms, AnomalousCount - found);
        }
    }
}
