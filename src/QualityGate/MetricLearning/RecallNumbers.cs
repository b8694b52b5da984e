using System.Text.Json.Serialization;
using QualityGate.Metrics;
using QualityGate.Numerics;

namespace QualityGate.MetricLearning;

/// <summary>How well images of the same class are found, each a query to all others of its set, by cosine similarity.</summary>
/// <param name="At1">Recall@1.</param>
/// <param name="At2">Recall@2.</param>
/// <param name="At4">Recall@4.</param>
/// <param name="At8">Recall@8.</param>
/// <param name="MeanPrecision">MAP@R.</param>
public sealed record RecallNumbers(double At1, double At2, double At4, double At8, double MeanPrecision)
{
    /// <summary>K and Recall@K.</summary>
    [JsonIgnore]
    public IReadOnlyList<(int K, double Value)> All => [(1, At1), (2, At2), (4, At4), (8, At8)];

    internal static RecallNumbers Of(FeatureMatrix rows, IReadOnlyList<string> labels, IMatrixProducts products, CancellationToken cancellation)
    {
        RetrievalResult result = Retrieved(rows, labels, products, cancellation);
        return new RecallNumbers(result.Recall(1).Value, result.Recall(2).Value, result.Recall(4).Value, result.Recall(8).Value, result.MeanPrecision().Value);
    }

    internal static RetrievalResult Retrieved(FeatureMatrix rows, IReadOnlyList<string> labels, IMatrixProducts products, CancellationToken cancellation) =>
        RetrievalEvaluation.Within(rows, labels, new RetrievalOptions(), products, cancellation);
}

/// <summary>Recall on the images that choose the epoch and on those of unseen classes.</summary>
/// <param name="Validation">Images of training classes that are held back, or null for none.</param>
/// <param name="Test">Images of classes that are not trained on, or null where there are not two such.</param>
public sealed record EmbeddingRecall(RecallNumbers? Validation, RecallNumbers? Test);
