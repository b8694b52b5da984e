namespace QualityGate.Metrics;

/// <summary>
/// Sums over directions of the Kantorovich potentials between two projected sets of one size: f and g with <c>f(x) + g(y) &lt;= (x - y)^2</c>, equal along the optimal matching, are the derivatives
/// of the squared distance by the weight of each image (Santambrogio, Optimal Transport for Applied Mathematicians, 2015, 7.2).
/// </summary>
/// <param name="count">Images of each set.</param>
internal sealed class MongePotentials(int count)
{
    /// <summary>Of the first set's images.</summary>
    public double[] First { get; } = new double[count];

    /// <summary>Of the second set's.</summary>
    public double[] Second { get; } = new double[count];

    /// <summary>Adds one direction: sorted projections, and whose they are.</summary>
    public void Add(double[] first, int[] firstOrder, double[] second, int[] secondOrder)
    {
        double[] f = new double[count];
        for (int i = 1; i < count; i++)
        {
            // f' = 2 (x - T(x)), by the trapezoidal rule.
            f[i] = f[i - 1] + ((first[i] - first[i - 1]) * (first[i] - second[i] + first[i - 1] - second[i - 1]));
        }

        double mean = f.Average();
        for (int i = 0; i < count; i++)
        {
            double distance = first[i] - second[i];
            First[firstOrder[i]] += f[i] - mean;
            Second[secondOrder[i]] += (distance * distance) - (f[i] - mean);
        }
    }

    /// <summary>Influences of a set from the potentials of a sample of it: an image that was not drawn has none, and those that were stand for the others.</summary>
    public static double[] Spread(double[] potentials, int[]? chosen, int all, double scale)
    {
        double[] centred = MetricInfluence.Centred(potentials), influence = new double[all];
        for (int i = 0; i < centred.Length; i++)
        {
            influence[chosen is null ? i : chosen[i]] = scale * centred[i] * all / centred.Length;
        }

        return influence;
    }
}
