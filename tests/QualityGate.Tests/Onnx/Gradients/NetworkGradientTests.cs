using System.Globalization;
using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>
/// Whole networks in float32 with a free batch axis, every weight and input compared along a random direction. A rectifier's kink on
/// the way makes differences wrong by what lies behind it, so these networks use smooth activations or several directions' worth
/// of slack: 2 % of the gradient's norm, where a wrong rule is wrong by its whole size.
/// </summary>
public sealed class NetworkGradientTests
{
    [Fact]
    public void Multilayer_perceptron()
    {
        var network = new TestNetwork(1, "batch", 6);
        string x = network.Graph.Node("Tanh", [network.Dense(network.Input, 6, 8)]);
        x = network.Graph.Node("Sigmoid", [network.Dense(x, 8, 5)]);
        Verify(network, network.Dense(x, 5, 2), [4, 6], smooth: true);
    }

    [Fact]
    public void Generator_of_a_DCGAN()
    {
        foreach (bool trains in new[] { false, true })
        {
            var network = new TestNetwork(2, "batch", 8);
            GraphBuilder graph = network.Graph;
            string x = graph.Node("Reshape", [network.Input, graph.Integers([-1, 8, 1, 1])]);
            x = graph.Node("Tanh", [network.BatchNormalized(network.Transposed(x, 8, 6, kernel: 4, stride: 1, padding: 0), 6, trains)]);
            x = graph.Node("Softplus", [network.BatchNormalized(network.Transposed(x, 6, 4, kernel: 4, stride: 2, padding: 1), 4, trains)]);
            Verify(network, graph.Node("Tanh", [network.Transposed(x, 4, 1, kernel: 4, stride: 2, padding: 1)]), [3, 8], smooth: true);
        }
    }

    [Fact]
    public void Discriminator_of_a_DCGAN()
    {
        var network = new TestNetwork(3, "batch", 1, 8, 8);
        GraphBuilder graph = network.Graph;
        string x = graph.Node("LeakyRelu", [network.Convolved(network.Input, 1, 4, kernel: 4, stride: 2, padding: 1)], NodeParameter.Of("alpha", 0.2f));
        x = network.BatchNormalized(network.Convolved(x, 4, 6, kernel: 4, stride: 2, padding: 1), 6, trains: true);
        x = graph.Flatten(graph.Node("LeakyRelu", [x], NodeParameter.Of("alpha", 0.2f)));
        Verify(network, graph.Node("Sigmoid", [network.Dense(x, 24, 1)]), [3, 1, 8, 8], smooth: false);
    }

    [Fact]
    public void Residual_block()
    {
        var network = new TestNetwork(4, "batch", 3, 7, 7);
        GraphBuilder graph = network.Graph;
        string x = graph.Relu(network.BatchNormalized(network.Convolved(network.Input, 3, 4, kernel: 3, stride: 2, padding: 1), 4, trains: false));
        string branch = network.BatchNormalized(network.Convolved(x, 4, 4, kernel: 3, stride: 1, padding: 1), 4, trains: false);
        x = graph.Relu(graph.Add(branch, x));
        x = graph.MaxPool(x, kernel: 2, stride: 1);
        Verify(network, network.Dense(graph.Flatten(graph.GlobalAveragePool(x)), 4, 3), [2, 3, 7, 7], smooth: false);
    }

    [Fact]
    public void Block_of_a_vision_transformer()
    {
        const int Width = 6;
        var network = new TestNetwork(5, "batch", 4, Width);
        GraphBuilder graph = network.Graph;
        string x = graph.Add(network.Input, network.Attention(network.Normalized(network.Input, Width), Width, heads: 2, tokens: 4));
        string hidden = network.ErfGelu(network.Linear(network.Normalized(x, Width), Width, 9));
        x = graph.Add(x, network.Linear(hidden, 9, Width));
        Verify(network, graph.Node("ReduceMean", [x], NodeParameter.Of("axes", [1]), NodeParameter.Of("keepdims", 0L)), [2, 4, Width], smooth: true);
    }

    private static void Verify(TestNetwork network, string output, long[] inputShape, bool smooth)
    {
        Tensor input = Tensor.Normal(TestNetwork.InputName, network.Random, OnnxElementType.Float, inputShape);
        string squares = network.Graph.Node("ReduceSumSquare", [output], NodeParameter.Of("keepdims", 0L));
        OnnxModel model = network.Graph.Output(squares).ToModel();
        GradientResult result = GraphGradient.Add(model, squares, [TestNetwork.InputName, .. network.Weights.Select(weight => weight.Name)]);
        Tensor[] inputs = [input, .. network.Weights];
        IReadOnlyDictionary<string, double[]> gradients = GraphRun.Once(result.Model, inputs);
        using var run = new GraphRun(model);
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] gradient = gradients[result.Gradients[inputs[i].Name]];
            Assert.Contains(gradient, value => value != 0);
            Compare(i, gradient);
        }

        void Compare(int index, double[] gradient)
        {
            double norm = Math.Sqrt(gradient.Sum(value => value * value));
            double[] direction = gradient.Select(value => (value / norm) + ((network.Random.NextDouble() - 0.5) / Math.Sqrt(gradient.Length))).ToArray();
            double expected = direction.Zip(gradient, (d, g) => d * g).Sum();
            double step = smooth ? 0.02 : 0.002;
            double actual = ((8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step))) / (12 * step);

            // The loss is rounded to float32: for losses near 100 that is 1e-5, and after division by the step 5e-3.
            double slack = ((smooth ? 2e-3 : 2e-2) * norm) + 5e-3;
            Assert.True(
                Math.Abs(expected - actual) <= slack,
                string.Create(CultureInfo.InvariantCulture, $"{inputs[index].Name}: {expected:R}, differences say {actual:R}"));

            double At(double distance)
            {
                Tensor[] moved = inputs.ToArray();
                moved[index] = moved[index] with { Values = moved[index].Values.Zip(direction, (v, d) => v + (distance * d)).ToArray() };
                return run.Run(moved)[squares][0];
            }
        }
    }
}
