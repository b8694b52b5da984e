using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class MatrixRuleTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Gemm_in_every_orientation(bool left, bool right)
    {
        foreach (long[] bias in new long[][] { [4], [1, 4], [2, 1], [2, 4], [] })
        {
            var check = new GradientCheck(1) { HidesLengths = left };
            string a = check.Normal("a", left ? [3, 2] : [2, 3]);
            string b = check.Normal("b", right ? [4, 3] : [3, 4]);
            string y = check.Graph.Node(
                "Gemm",
                [a, b, check.Normal("c", bias)],
                NodeParameter.Of("transA", left ? 1L : 0L),
                NodeParameter.Of("transB", right ? 1L : 0L),
                NodeParameter.Of("alpha", 0.5f),
                NodeParameter.Of("beta", -1.5f));
            check.Output(y).Verify();
        }
    }

    [Fact]
    public void Gemm_without_bias()
    {
        var check = new GradientCheck(2);
        check.Output(check.Graph.Gemm(check.Normal("a", 2, 3), check.Normal("b", 3, 4))).Verify();
    }

    public static TheoryData<long[], long[]> Products() => new()
    {
        { [2, 3], [3, 4] },
        { [3], [3, 4] },
        { [2, 3], [3] },
        { [3], [3] },
        { [2, 2, 3], [3, 4] },
        { [2, 1, 2, 3], [3, 4] },
        { [2, 3], [5, 3, 4] },
        { [2, 1, 2, 3], [3, 3, 2] },
        { [1, 2, 3], [2, 3, 2] },
        { [3], [2, 3, 4] },
        { [2, 2, 3], [3] },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public void Products_of_vectors_matrices_and_batches(long[] left, long[] right)
    {
        foreach (bool hides in new[] { false, true })
        {
            var check = new GradientCheck(3) { HidesLengths = hides };
            check.Output(check.Graph.MatMul(check.Normal("a", left), check.Normal("b", right))).Verify();
        }
    }
}
