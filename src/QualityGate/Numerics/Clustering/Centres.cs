namespace QualityGate.Numerics.Clustering;

/// <summary>Which centre is nearest.</summary>
internal static class Centres
{
    /// <summary>The nearest of a set of centres to a row; of equally near ones the first.</summary>
    /// <param name="inner">Inner products of rows with all centres of all sets, <c>[N, sets * clusters]</c>.</param>
    /// <param name="halfNorms">Half the squared norm of each centre.</param>
    /// <param name="row">Which row.</param>
    /// <param name="first">First centre of the set.</param>
    /// <param name="clusters">Centres in the set.</param>
    /// <returns>Its index in the set.</returns>
    public static int Nearest(ReadOnlySpan<float> inner, ReadOnlySpan<double> halfNorms, int row, int first, int clusters)
    {
        ReadOnlySpan<float> products = inner.Slice((row * halfNorms.Length) + first, clusters);
        int best = 0;
        double largest = double.NegativeInfinity;
        for (int c = 0; c < clusters; c++)
        {
            // |x - c|^2 = |x|^2 - 2 (x.c - |c|^2 / 2)
            double near = products[c] - halfNorms[first + c];
            if (near > largest)
            {
                (best, largest) = (c, near);
            }
        }

        return best;
    }

    /// <summary>Half the squared norm of each centre.</summary>
    public static double[] HalfNorms(float[] centres, int width)
    {
        double[] halves = new double[centres.Length / width];
        for (int c = 0; c < halves.Length; c++)
        {
            double sum = 0;
            foreach (float value in centres.AsSpan(c * width, width))
            {
                sum += (double)value * value;
            }

            halves[c] = sum / 2;
        }

        return halves;
    }
}
