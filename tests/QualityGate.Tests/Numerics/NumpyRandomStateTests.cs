using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Numerics;

// Expected numbers: numpy 1.24, numpy.random.RandomState(2020).
public sealed class NumpyRandomStateTests
{
    [Fact]
    public void Permutations_are_numpys() =>
        Assert.Equal([2, 4, 9, 1, 5, 7, 6, 3, 8, 0], new NumpyRandomState(2020).Permutation(10));

    [Fact]
    public void Draws_without_replacement_follow_one_another_as_numpys_do()
    {
        NumpyRandomState random = new(2020);
        Assert.Equal([17, 22, 30, 35, 38], random.ChoiceWithoutReplacement(48, 5));
        Assert.Equal([60, 17, 34, 63, 43], random.ChoiceWithoutReplacement(64, 5));
    }

    [Fact]
    public void Uniform_numbers_are_numpys_to_the_last_bit()
    {
        NumpyRandomState random = new(2020);
        Assert.Equal([0.9862768288615988, 0.8733919458206546, 0.5097455249715815], [random.NextDouble(), random.NextDouble(), random.NextDouble()]);
    }
}
