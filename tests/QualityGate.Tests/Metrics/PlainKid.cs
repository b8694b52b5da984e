using QualityGate.Numerics;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Metrics;

/// <summary>KID over subsets, as its formula reads.</summary>
internal static class PlainKid
{
    public static double Mean(FeatureMatrix reference, FeatureMatrix candidate, int subsets, int size, uint seed)
    {
        NumpyRandomState random = new(seed);
        double total = 0;
        for (int s = 0; s < subsets; s++)
        {
            int[] c = random.ChoiceWithoutReplacement(candidate.Count, size), r = random.ChoiceWithoutReplacement(reference.Count, size);
            double within = 0, between = 0;
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    within += i == j ? 0 : Kernel(candidate.Row(c[i]), candidate.Row(c[j])) + Kernel(reference.Row(r[i]), reference.Row(r[j]));
                    between += Kernel(candidate.Row(c[i]), reference.Row(r[j]));
                }
            }

            total += (within / (size * (size - 1.0))) - (2 * between / ((double)size * size));
        }

        return total / subsets;
    }

    private static double Kernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int d = 0; d < a.Length; d++)
        {
            sum += (double)a[d] * b[d];
        }

        return Math.Pow((sum / a.Length) + 1, 3);
    }
}
