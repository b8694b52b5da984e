namespace QualityGate.Metrics;

/// <summary>What became of each query, and the metrics that follow from it.</summary>
public sealed class RetrievalResult
{
    private readonly int[] _classes;

    internal RetrievalResult(RetrievalOptions options, RetrievalClasses classes, RankedQueries ranked)
    {
        Options = options;
        Classes = classes.Names;
        _classes = classes.Queries;
        (FirstHit, AveragePrecision, Nearest, NearestOfClass) = (ranked.FirstHit, ranked.AveragePrecision, ranked.Nearest, ranked.NearestOfClass);
        Relevant = [.. Enumerable.Range(0, _classes.Length).Select(classes.RelevantTo)];
        Alone = Relevant.Count(r => r == 0);
    }

    /// <summary>How it was evaluated.</summary>
    public RetrievalOptions Options { get; }

    /// <summary>Names of the classes that queries are of, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Class of each query, an index into <see cref="Classes"/>.</summary>
    public IReadOnlyList<int> ClassOf => _classes;

    /// <summary>Rank of the first image of the query's class, from 1; 0 when it is not among those that were ranked: the largest K, or R when that is more.</summary>
    public IReadOnlyList<int> FirstHit { get; }

    /// <summary>Average precision over the query's R nearest; 0 for one that is alone.</summary>
    public IReadOnlyList<double> AveragePrecision { get; }

    /// <summary>R: how many images of the query's class it could find.</summary>
    public IReadOnlyList<int> Relevant { get; }

    /// <summary>Index of the image nearest to each query; -1 for none.</summary>
    public IReadOnlyList<int> Nearest { get; }

    /// <summary>Index of the nearest image of the query's class among those that were ranked; -1 for none.</summary>
    public IReadOnlyList<int> NearestOfClass { get; }

    /// <summary>Queries that have no other image of their class.</summary>
    public int Alone { get; }

    /// <summary>Queries that count.</summary>
    public int Queries => Options.LeavesOutAlone ? _classes.Length - Alone : _classes.Length;

    /// <summary>Whether a query counts.</summary>
    public bool Counts(int query) => !Options.LeavesOutAlone || Relevant[query] > 0;

    /// <summary>Whether a query has an image of its class among its K nearest.</summary>
    public bool IsHit(int query, int k) => FirstHit[query] > 0 && FirstHit[query] <= k;

    /// <summary>Recall@K with its binomial standard error.</summary>
    public MetricNumber Recall(int k) => Share(Counted(), k) with { Influence = Influence(q => IsHit(q, k) ? 1 : 0) };

    /// <summary>MAP@R with its standard error.</summary>
    public MetricNumber MeanPrecision() => Mean([.. Counted().Select(q => AveragePrecision[q])]) with { Influence = Influence(q => AveragePrecision[q]) };

    /// <summary>Recall@K of the queries of one class.</summary>
    public MetricNumber Recall(int k, IReadOnlyList<int> queries) => Share(queries, k);

    /// <summary>The queries of each class, in the order of rows.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ByClass()
    {
        List<int>[] rows = [.. Classes.Select(_ => new List<int>())];
        for (int query = 0; query < _classes.Length; query++)
        {
            rows[_classes[query]].Add(query);
        }

        return rows;
    }

    /// <summary>The metrics class by class: queries, those alone, Recall@K for each K, MAP@R.</summary>
    public MetricTable ByClassTable(string name) => new(
        name,
        ["queries", "alone", .. Options.Ks.Select(k => $"recall_at_{k}"), "map_at_r"],
        [.. ByClass().Select(rows => (IReadOnlyList<double?>)ClassRow(rows))])
    {
        RowNames = Classes,
        Caption = "Retrieval by the query's class.",
    };

    /// <summary>Recall@K for every K that was asked for, with standard errors.</summary>
    public MetricTable CurveTable(string name) => new(
        name,
        ["k", "recall", "standard_error"],
        [.. Options.Ks.Select(k => (IReadOnlyList<double?>)[k, Recall(k).Value, Recall(k).StandardError])])
    {
        Caption = "Share of queries with an image of their class among the K nearest.",
    };

    private List<double?> ClassRow(IReadOnlyList<int> rows)
    {
        int[] counted = [.. rows.Where(Counts)];
        List<double?> row = [rows.Count, rows.Count(q => Relevant[q] == 0)];
        row.AddRange(Options.Ks.Select(k => counted.Length == 0 ? (double?)null : Share(counted, k).Value));
        row.Add(counted.Length == 0 ? null : counted.Average(q => AveragePrecision[q]));
        return row;
    }

    // What each query says as a query; what it does to others by being found is no part of it.
    private MetricInfluence Influence(Func<int, double> score) => new([], ImageInfluence.OfMean([.. Enumerable.Range(0, _classes.Length).Select(score)], Counts));

    private int[] Counted() => [.. Enumerable.Range(0, _classes.Length).Where(Counts)];

    private MetricNumber Share(IReadOnlyList<int> queries, int k)
    {
        if (queries.Count == 0)
        {
            return MetricNumber.Unavailable("no query counts");
        }

        double share = (double)queries.Count(q => IsHit(q, k)) / queries.Count;
        return new MetricNumber(share, null) { StandardError = Math.Sqrt(share * (1 - share) / queries.Count), Trials = queries.Count };
    }

    private static MetricNumber Mean(double[] values)
    {
        if (values.Length == 0)
        {
            return MetricNumber.Unavailable("no query counts");
        }

        double mean = values.Sum() / values.Length;
        double? error = values.Length < 2 ? null : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);
        return new MetricNumber(mean, null) { StandardError = error };
    }
}
