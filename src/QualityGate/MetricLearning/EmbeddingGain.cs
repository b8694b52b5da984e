using QualityGate.Backgrounds;
using QualityGate.Metrics;

namespace QualityGate.MetricLearning;

/// <summary>The exported embedding against the features as they are: queries of unseen classes at K = 1, pair by pair.</summary>
/// <param name="Gained">Queries that find their class by the embedding alone.</param>
/// <param name="Lost">Queries that find it by the features alone.</param>
/// <param name="P">McNemar's exact test, two-sided.</param>
public sealed record EmbeddingGain(int Gained, int Lost, double P)
{
    internal static EmbeddingGain Of(RetrievalResult features, RetrievalResult embedding)
    {
        int gained = 0, lost = 0;
        for (int query = 0; query < features.FirstHit.Count; query++)
        {
            bool before = features.IsHit(query, 1), now = embedding.IsHit(query, 1);
            if (now && !before) gained++;
            if (before && !now) lost++;
        }

        return new EmbeddingGain(gained, lost, PairedTests.McNemar(gained, lost));
    }
}
