using QualityGate.Numerics;

namespace QualityGate.Metrics;

/// <summary>
/// Unbiased MMD^2 with KID's kernel for many subsets of the same rows. Kernel values are computed tile by tile over all rows
/// that any subset uses and summed into each subset, when that is less work than multiplying every subset by itself.
/// </summary>
internal static class PolynomialKernelSums
{
    private const int TileRows = 256;

    /// <summary>One value a draw.</summary>
    public static double[] Compute(
        FeatureMatrix candidate, FeatureMatrix reference, KernelInceptionDistance.Draw[] draws, IMatrixProducts products, CancellationToken cancellation)
    {
        foreach (KernelInceptionDistance.Draw draw in draws)
        {
            // Sums run in ascending order of rows, so that they do not depend on the order of the draw.
            Array.Sort(draw.Candidate);
            Array.Sort(draw.Reference);
        }

        double shared = ((double)candidate.Count * candidate.Count) + ((double)reference.Count * reference.Count) + ((double)candidate.Count * reference.Count);
        double each = draws.Sum(d => ((double)d.Candidate.Length * d.Candidate.Length) + ((double)d.Reference.Length * d.Reference.Length) + ((double)d.Candidate.Length * d.Reference.Length));
        if (shared <= each)
        {
            return Combine(draws, SumsOf(candidate, reference, draws, products, cancellation));
        }

        // Each subset alone: its rows become a small problem of their own, of one draw that takes all.
        double[] values = new double[draws.Length];
        Parallel.For(0, draws.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, s =>
        {
            KernelInceptionDistance.Draw all = new([.. Enumerable.Range(0, draws[s].Candidate.Length)], [.. Enumerable.Range(0, draws[s].Reference.Length)]);
            FeatureMatrix candidates = Pick(candidate, draws[s].Candidate), references = Pick(reference, draws[s].Reference);
            values[s] = Combine([all], SumsOf(candidates, references, [all], products, cancellation))[0];
        });
        return values;
    }

    private static (double[] CandidateCandidate, double[] ReferenceReference, double[] Cross) SumsOf(
        FeatureMatrix candidate, FeatureMatrix reference, KernelInceptionDistance.Draw[] draws, IMatrixProducts products, CancellationToken cancellation)
    {
        int[][] candidates = Array.ConvertAll(draws, d => d.Candidate), references = Array.ConvertAll(draws, d => d.Reference);
        double[] left = Widen(candidate), right = Widen(reference);
        return (
            SumPairs(left, candidates, left, candidates, candidate.Width, true, products, cancellation),
            SumPairs(right, references, right, references, candidate.Width, true, products, cancellation),
            SumPairs(left, candidates, right, references, candidate.Width, false, products, cancellation));
    }

    private static double[] Combine(
        KernelInceptionDistance.Draw[] draws, (double[] CandidateCandidate, double[] ReferenceReference, double[] Cross) sums)
    {
        double[] values = new double[draws.Length];
        for (int s = 0; s < draws.Length; s++)
        {
            double m = draws[s].Candidate.Length, n = draws[s].Reference.Length;
            values[s] = (sums.CandidateCandidate[s] / (m * (m - 1))) + (sums.ReferenceReference[s] / (n * (n - 1))) - (2 * sums.Cross[s] / (m * n));
        }

        return values;
    }

    private static double[] SumPairs(
        double[] left, int[][] leftRows, double[] right, int[][] rightRows, int width, bool withoutDiagonal, IMatrixProducts products, CancellationToken cancellation)
    {
        int count = left.Length / width, columns = right.Length / width;
        double[] sums = new double[leftRows.Length];
        double[] tile = new double[(long)Math.Min(TileRows, count) * columns];
        for (int start = 0; start < count; start += TileRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(TileRows, count - start);
            products.MultiplyTransposed(left.AsSpan(start * width, rows * width), right, tile.AsSpan(0, rows * columns), rows, columns, width);
            ApplyKernel(tile.AsSpan(0, rows * columns), width);
            int first = start;
            Parallel.For(0, sums.Length, s => sums[s] += SumTile(tile, columns, first, rows, leftRows[s], rightRows[s], withoutDiagonal));
        }

        return sums;
    }

    private static void ApplyKernel(Span<double> products, int width)
    {
        for (int i = 0; i < products.Length; i++)
        {
            double x = (products[i] / width) + 1;
            products[i] = x * x * x;
        }
    }

    private static double SumTile(double[] tile, int columns, int start, int rows, int[] left, int[] right, bool withoutDiagonal)
    {
        double sum = 0;
        int from = Array.BinarySearch(left, start);
        for (int i = from < 0 ? ~from : from; i < left.Length && left[i] < start + rows; i++)
        {
            ReadOnlySpan<double> row = tile.AsSpan((left[i] - start) * columns, columns);
            double rowSum = 0;
            foreach (int column in right)
            {
                rowSum += row[column];
            }

            sum += rowSum - (withoutDiagonal ? row[left[i]] : 0);
        }

        return sum;
    }

    private static double[] Widen(FeatureMatrix rows)
    {
        double[] values = new double[(long)rows.Count * rows.Width];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            Span<double> target = values.AsSpan(i * rows.Width, rows.Width);
            for (int d = 0; d < row.Length; d++)
            {
                target[d] = row[d];
            }
        }

        return values;
    }

    private static DenseFeatureMatrix Pick(FeatureMatrix rows, int[] indices)
    {
        float[] values = new float[(long)indices.Length * rows.Width];
        for (int i = 0; i < indices.Length; i++)
        {
            rows.Row(indices[i]).CopyTo(values.AsSpan(i * rows.Width));
        }

        return new DenseFeatureMatrix(values, indices.Length, rows.Width);
    }
}
