using System.Security.Cryptography;
using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx;

public sealed class RandomVgg16Tests
{
    [Fact]
    public void The_default_network_has_the_same_bytes_on_every_machine()
    {
        byte[] bytes = RandomVgg16.Build(widthMultiplier: 0.5, inputSize: 64, features: 64, seed: 0);
        Assert.Equal("9e31b1993e4018575c283c2915b0a0e3a391250c0a4dd76598647023c0c6140f", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void It_has_thirteen_convolutions_five_poolings_and_three_connected_layers()
    {
        OnnxModel model = OnnxModel.Load(RandomVgg16.Build(0.0625, 32, 16, seed: 7));
        Assert.Equal(13, model.TensorNames.Count(name => name.StartsWith("Conv_", StringComparison.Ordinal)));
        Assert.Equal(5, model.TensorNames.Count(name => name.StartsWith("MaxPool_", StringComparison.Ordinal)));
        Assert.Equal(3, model.TensorNames.Count(name => name.StartsWith("Gemm_", StringComparison.Ordinal)));
        Assert.Equal("[batch, 3, 32, 32]", model.Inputs[0].ShapeText);
        Assert.Equal("[batch, 16]", model.Outputs[0].ShapeText);
    }

    [Fact]
    public void Another_seed_is_another_network() =>
        Assert.NotEqual(RandomVgg16.Build(0.0625, 32, 16, seed: 0), RandomVgg16.Build(0.0625, 32, 16, seed: 1));

    [Theory]
    [InlineData(0, 64, 64)]
    [InlineData(1.5, 64, 64)]
    [InlineData(double.NaN, 64, 64)]
    [InlineData(0.5, 60, 64)]
    [InlineData(0.5, 0, 64)]
    [InlineData(0.5, 544, 64)]
    [InlineData(1, 512, 64)]
    [InlineData(0.5, 64, 0)]
    [InlineData(0.5, 64, 5000)]
    public void Parameters_out_of_range_are_refused(double width, int size, int features) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomVgg16.Build(width, size, features, seed: 0));
}
