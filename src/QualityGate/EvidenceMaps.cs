using QualityGate.Numerics;
using QualityGate.Numerics.Projection;
using QualityGate.Numerics.Random;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>Places both sets in two dimensions: samples of them where they are large.</summary>
internal static class EvidenceMaps
{
    private const int MostPointsOfSide = 1_250;
    private const int PicturesOfSide = 150;
    private const int Components = 30;
    private const double Perplexity = 30;
    private const int FewestNeighbours = 12;

    /// <summary>The map, or null when a set has no features or they are of different widths.</summary>
    /// <param name="measured">The sets.</param>
    /// <param name="images">Gains the images whose pictures are shown on the map.</param>
    /// <param name="threads">Most threads, or null for one a core.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static EvidenceMap? Of(Measurement measured, EvidenceImages images, int? threads, CancellationToken cancellation)
    {
        if (measured.Reference.Set.Features is not { } reference || measured.Candidate.Set.Features is not { } candidate || reference.Width != candidate.Width)
        {
            return null;
        }

        int[] referenceRows = Sample(reference.Count, 1), candidateRows = Sample(candidate.Count, 2);
        PrincipalComponents components = PrincipalComponents.Of(Joined(reference, referenceRows, candidate, candidateRows), Components, cancellation, threads);
        (double[] x, double[] y) = components.Scores.Count >= FewestNeighbours
            ? StochasticNeighbours.Place(components.Scores, Perplexity, cancellation, threads)
            : ([], []);
        (EvidenceRole Role, int Row)[] rows = [.. referenceRows.Select(r => (EvidenceRole.Reference, r)), .. candidateRows.Select(r => (EvidenceRole.Candidate, r))];
        Picture(images, referenceRows, candidateRows);
        MapPoint[] points =
        [
            .. rows.Select((at, i) => new MapPoint(
                at.Role, images.IdOf(at.Role, at.Row), images.SetOf(at.Role).Labels?[at.Row],
                Score(components, i, 0), Score(components, i, 1), x.Length > 0 ? x[i] : 0, y.Length > 0 ? y[i] : 0, images.Find(at.Role, at.Row))),
        ];
        return new EvidenceMap(points, reference.Count, candidate.Count, (Share(components, 0), Share(components, 1)), x.Length > 0);
    }

    // Ascending, so that pages of mapped files are read in order.
    private static int[] Sample(int count, uint seed) =>
        count <= MostPointsOfSide ? [.. Enumerable.Range(0, count)] : [.. new NumpyRandomState(seed).ChoiceWithoutReplacement(count, MostPointsOfSide).Order()];

    private static DenseFeatureMatrix Joined(FeatureMatrix first, int[] firstRows, FeatureMatrix second, int[] secondRows)
    {
        float[] values = new float[checked((firstRows.Length + secondRows.Length) * first.Width)];
        int at = 0;
        foreach ((FeatureMatrix matrix, int[] rows) in new[] { (first, firstRows), (second, secondRows) })
        {
            foreach (int row in rows)
            {
                matrix.Row(row).CopyTo(values.AsSpan(at, first.Width));
                at += first.Width;
            }
        }

        return new DenseFeatureMatrix(values, firstRows.Length + secondRows.Length, first.Width);
    }

    // Evenly spread over both samples; images of galleries have their pictures anyway.
    private static void Picture(EvidenceImages images, int[] referenceRows, int[] candidateRows)
    {
        foreach ((EvidenceRole role, int[] rows) in new[] { (EvidenceRole.Reference, referenceRows), (EvidenceRole.Candidate, candidateRows) })
        {
            int pictures = Math.Min(PicturesOfSide, rows.Length);
            for (int i = 0; i < pictures; i++)
            {
                images.Of(role, rows[(int)((long)i * rows.Length / pictures)]);
            }
        }
    }

    private static double Score(PrincipalComponents components, int row, int column) => components.Scores[row] is { } scores && scores.Length > column ? scores[column] : 0;

    private static double Share(PrincipalComponents components, int column) => components.Shares.Count > column ? components.Shares[column] : 0;
}
