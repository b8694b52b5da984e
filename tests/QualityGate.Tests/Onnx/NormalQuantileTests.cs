using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx;

public sealed class NormalQuantileTests
{
    [Fact]
    public void Quantiles_are_those_of_SciPy()
    {
        double[] probabilities = Golden.Read("probabilities");
        double[] expected = Golden.Read("quantiles");
        for (int i = 0; i < probabilities.Length; i++)
        {
            double actual = NormalQuantile.At(probabilities[i]);
            Assert.True(Math.Abs(actual - expected[i]) <= 4e-15 * Math.Max(1, Math.Abs(expected[i])), $"{probabilities[i]}: {actual:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void The_logarithm_is_exact_to_the_last_bits()
    {
        var random = new Random(5);
        for (int i = 0; i < 10_000; i++)
        {
            double value = random.NextDouble() * Math.Pow(2, random.Next(-300, 300));
            double expected = Math.Log(value);
            Assert.True(Math.Abs(NormalQuantile.Log(value) - expected) <= 4e-16 * Math.Max(1, Math.Abs(expected)), $"log {value:R}");
        }
    }

    [Fact]
    public void Drawn_weights_are_normal()
    {
        float[] values = NormalWeights.Draw(seed: 3, layer: 1, count: 200_000, standardDeviation: 0.5);
        double mean = values.Average(value => (double)value);
        double variance = values.Average(value => (double)value * value);
        double kurtosis = values.Average(value => Math.Pow(value, 4)) / (variance * variance);

        // Four standard errors each: 0.5 / sqrt(n), 0.25 sqrt(2 / n), sqrt(24 / n).
        Assert.InRange(mean, -0.0045, 0.0045);
        Assert.InRange(variance, 0.2468, 0.2532);
        Assert.InRange(kurtosis, 2.956, 3.044);
    }

    [Fact]
    public void Layers_and_seeds_draw_different_weights()
    {
        float[] first = NormalWeights.Draw(0, 1, 100, 1);
        Assert.Empty(first.Intersect(NormalWeights.Draw(0, 2, 100, 1)));
        Assert.Empty(first.Intersect(NormalWeights.Draw(1, 1, 100, 1)));
        Assert.Equal(first, NormalWeights.Draw(0, 1, 70_000, 1).Take(100));
    }
}
