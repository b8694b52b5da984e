using QualityGate.Numerics.Engine;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;

namespace QualityGate.Tests.Anomaly.Training;

public sealed class DcganStepTests
{
    private const int Batch = 4;
    private static readonly DcganParameters Parameters = new(new DcganShape(Size: 28, Channels: 1, Latent: 5, Width: 3));

    [Theory]
    [InlineData("discriminator", DcganStep.DiscriminatorLoss)]
    [InlineData("generator", DcganStep.GeneratorLoss)]
    public void Gradients_agree_with_finite_differences(string network, string loss)
    {
        // Without a learning rate, the generator is judged by the discriminator as it is.
        using Steps steps = new(learningRate: 0);
        steps.Session.Run();
        float[] at = steps.Session.Get(network).ToArray(), gradient = steps.Session.Get(DcganStep.GradientOf(network)).ToArray();
        double norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
        Assert.True(norm > 1e-3);
        System.Random random = new(7);
        for (int trial = 0; trial < 3; trial++)
        {
            double[] direction = [.. gradient.Select(g => (g / norm) + ((random.NextDouble() - 0.5) / Math.Sqrt(gradient.Length)))];
            double expected = direction.Zip(gradient, (d, g) => d * g).Sum();
            const double Step = 2e-3;
            double actual = (At(Step) - At(-Step)) / (2 * Step);

            // Rectifiers' kinks make differences wrong by what lies behind them; a wrong rule is wrong by its whole size.
            Assert.InRange(actual, expected - (0.05 * norm), expected + (0.05 * norm));

            double At(double distance)
            {
                steps.Session.Set(network, [.. at.Zip(direction, (value, d) => (float)(value + (distance * d)))], at.Length);
                steps.Session.Run();
                return steps.Session.Get(loss)[0];
            }
        }
    }

    [Fact]
    public void Losses_agree_with_cross_entropies_of_the_logits()
    {
        using Steps steps = new(learningRate: 1e-3);
        steps.Session.Run();
        double[] reference = Logits(DcganStep.ReferenceLogits), made = Logits(DcganStep.MadeLogits), judged = Logits(DcganStep.JudgedLogits);
        double ofDiscriminator = reference.Average(x => -Math.Log(Sigmoid(x))) + made.Average(x => -Math.Log(1 - Sigmoid(x)));
        Assert.Equal(ofDiscriminator, steps.Session.Get(DcganStep.DiscriminatorLoss)[0], 1e-5);
        Assert.Equal(judged.Average(x => -Math.Log(Sigmoid(x))), steps.Session.Get(DcganStep.GeneratorLoss)[0], 1e-5);
        Assert.NotEqual(made, judged);

        double[] Logits(string name) => [.. steps.Session.Get(name).ToArray().Select(x => (double)x)];
    }

    [Fact]
    public void A_step_moves_both_networks_as_Adam_says()
    {
        const double Rate = 1e-3, Beta1 = 0.5, Beta2 = 0.999;
        using Steps steps = new(Rate);
        foreach (string network in new[] { "generator", "discriminator" })
        {
            float[] before = steps.State[network];
            float[] mean = new float[before.Length], square = new float[before.Length];
            using Steps own = new(Rate);
            for (int step = 1; step <= 2; step++)
            {
                own.Session.Set(DcganStep.Step, [step]);
                own.Session.Run();
                float[] gradient = own.Session.Get(DcganStep.GradientOf(network)).ToArray(), after = own.Session.Get(network).ToArray();
                for (int i = 0; i < before.Length; i++)
                {
                    mean[i] = (float)((Beta1 * mean[i]) + ((1 - Beta1) * gradient[i]));
                    square[i] = (float)((Beta2 * square[i]) + ((1 - Beta2) * gradient[i] * gradient[i]));
                    double change = Rate * (mean[i] / (1 - Math.Pow(Beta1, step))) / (Math.Sqrt(square[i] / (1 - Math.Pow(Beta2, step))) + 1e-8);
                    Assert.Equal(before[i] - change, after[i], Math.Abs(gradient[i]) < 1e-6 ? 2 * Rate : 1e-5);
                }

                before = after;
            }
        }
    }

    [Fact]
    public void Running_statistics_take_in_a_tenth_of_each_batch()
    {
        using Steps steps = new(learningRate: 1e-3);
        steps.Session.Run();
        ReadOnlySpan<float> weights = Parameters.Generator.Values(steps.State["generator"], "dense.weight");
        ReadOnlySpan<float> means = Parameters.GeneratorStatistics.Values(steps.Session.Get("generator/statistics"), "dense.mean");
        ReadOnlySpan<float> variances = Parameters.GeneratorStatistics.Values(steps.Session.Get("generator/statistics"), "dense.variance");
        int outputs = weights.Length / 5, plane = outputs / means.Length;
        double[] sums = new double[means.Length], squares = new double[means.Length];
        for (int image = 0; image < Batch; image++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double value = 0;
                for (int k = 0; k < 5; k++) value += steps.Latent[(image * 5) + k] * weights[(k * outputs) + output];
                sums[output / plane] += value;
                squares[output / plane] += value * value;
            }
        }

        for (int channel = 0; channel < sums.Length; channel++)
        {
            double mean = sums[channel] / (Batch * plane);
            Assert.Equal(0.1 * mean, means[channel], 1e-6);
            Assert.Equal(0.9 + (0.1 * ((squares[channel] / (Batch * plane)) - (mean * mean))), variances[channel], 1e-5);
        }
    }

    [Theory]
    [InlineData(28, 1)]
    [InlineData(32, 3)]
    [InlineData(64, 3)]
    public void Exported_networks_equal_the_training_graphs_with_running_statistics(int size, int channels)
    {
        DcganParameters parameters = new(new DcganShape(size, channels, 6, 4));
        float[] generator = Shaken(parameters.Initial(parameters.Generator, 3)), discriminator = Shaken(parameters.Initial(parameters.Discriminator, 3));
        float[] ofGenerator = Shaken(DcganParameters.InitialStatistics(parameters.GeneratorStatistics));
        float[] ofDiscriminator = Shaken(DcganParameters.InitialStatistics(parameters.DiscriminatorStatistics));
        float[] latent = Noise(2 * 6, 5);
        using StepSession exported = new(DcganExport.Generator(parameters, generator, ofGenerator), new Dictionary<string, string>(), 1);
        exported.Set(DcganExport.Latent, latent, 2, 6);
        exported.Run();
        float[] images = exported.Get(DcganExport.Image).ToArray();
        Assert.Equal(2 * channels * size * size, images.Length);
        Assert.Contains(images, value => Math.Abs(value) > 0.02);
        Near(Inference(parameters, isGenerator: true, generator, ofGenerator, latent, [2, 6]), images);

        using StepSession judge = new(DcganExport.Discriminator(parameters, discriminator, ofDiscriminator), new Dictionary<string, string>(), 1);
        judge.Set(DcganExport.Image, images, 2, channels, size, size);
        judge.Run();
        Assert.Equal(2 * parameters.Shape.Features, judge.Get(DcganExport.Features).Length);
        Near(Inference(parameters, isGenerator: false, discriminator, ofDiscriminator, images, [2, channels, size, size]), judge.Get(DcganExport.Logit).ToArray());
    }

    [Theory]
    [InlineData(28, 1)]
    [InlineData(32, 3)]
    [InlineData(64, 1)]
    public void Products_of_gathered_rows_are_the_convolutions_that_are_exported(int size, int channels)
    {
        DcganParameters parameters = new(new DcganShape(size, channels, 6, 4));
        GraphBuilder graph = new("both");
        string latent = graph.Input("z", OnnxElementType.Float, 3, 6);
        Dictionary<string, string> generator = parameters.Generator.Split(graph, graph.Input("g", OnnxElementType.Float, parameters.Generator.Length));
        Dictionary<string, string> discriminator = parameters.Discriminator.Split(graph, graph.Input("d", OnnxElementType.Float, parameters.Discriminator.Length));
        string rows = new DcganTraining(graph, parameters.Shape, generator, images: 3, groups: 1).Generator(latent);
        string logits = new DcganTraining(graph, parameters.Shape, discriminator, images: 3, groups: 1).Discriminator(rows);
        string images = new DcganLayers(graph, parameters.Shape, generator.GetValueOrDefault, Norm(generator)).Generator(latent);
        string expected = new DcganLayers(graph, parameters.Shape, discriminator.GetValueOrDefault, Norm(discriminator)).Discriminator(images).Logit;
        string planes = graph.Node("Reshape", [graph.Node("Transpose", [rows], NodeParameter.Of("perm", [0, 2, 1])), graph.Integers([3, channels, size, size])]);
        foreach (string output in new[] { planes, images, logits, expected }) graph.Output(output);
        using StepSession session = new(graph.ToModelBytes(), new Dictionary<string, string>(), 1);
        session.Set("z", Noise(18, 5), 3, 6);
        session.Set("g", Shaken(parameters.Initial(parameters.Generator, 3)), parameters.Generator.Length);
        session.Set("d", Shaken(parameters.Initial(parameters.Discriminator, 3)), parameters.Discriminator.Length);
        session.Run();
        Near(session.Get(images).ToArray(), session.Get(planes).ToArray());
        Near(session.Get(expected).ToArray(), session.Get(logits).ToArray());

        // By the formula, without the operator for it, so that nothing but the formula is compared with.
        Func<string, string, string> Norm(Dictionary<string, string> weights) => (layer, input) =>
        {
            string centred = graph.Node("Sub", [input, graph.ReduceMean(input, true, 0, 2, 3)]);
            string variance = graph.ReduceMean(graph.Node("Mul", [centred, centred]), true, 0, 2, 3);
            string normal = graph.Node("Div", [centred, graph.Node("Sqrt", [graph.Add(variance, BatchStatistics.EpsilonOf(graph))])]);
            return graph.Add(graph.Node("Mul", [normal, Spread(weights[layer + ".gain"])]), Spread(weights[layer + ".bias"]));
        };

        string Spread(string channelValues) => graph.Node("Reshape", [channelValues, graph.Integers([1, -1, 1, 1])]);
    }

    private static float[] Inference(DcganParameters parameters, bool isGenerator, float[] values, float[] statistics, float[] input, long[] shape)
    {
        GraphBuilder graph = new("inference");
        FlatTensors tensors = isGenerator ? parameters.Generator : parameters.Discriminator;
        string x = graph.Input("x", OnnxElementType.Float, [.. shape.Select(OnnxDimension.FromInt64)]);
        Dictionary<string, string> weights = tensors.Split(graph, graph.Input("values", OnnxElementType.Float, values.Length));
        FlatTensors running = isGenerator ? parameters.GeneratorStatistics : parameters.DiscriminatorStatistics;
        foreach ((string name, string tensor) in running.Split(graph, graph.Input("statistics", OnnxElementType.Float, statistics.Length))) weights.Add(name, tensor);
        DcganLayers layers = new(
            graph, parameters.Shape, weights.GetValueOrDefault, (layer, tensor) => BatchStatistics.Normalise(graph, layer, tensor, name => weights[name]));
        string output = isGenerator ? layers.Generator(x) : layers.Discriminator(x).Logit;
        using StepSession session = new(graph.Output(output).ToModelBytes(), new Dictionary<string, string>(), 1);
        session.Set("x", input, shape);
        session.Set("values", values, values.Length);
        session.Set("statistics", statistics, statistics.Length);
        session.Run();
        return session.Get(output).ToArray();
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-5f * Math.Max(1, Math.Abs(expected[i])));
    }

    // Away from the start, where every image is nearly gray and every running mean zero.
    private static float[] Shaken(float[] values)
    {
        float[] noise = Noise(values.Length, 11);
        return [.. values.Zip(noise, (value, shake) => value + (0.1f * shake))];
    }

    private static float[] Noise(int count, int seed)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>A session of the step's graph that shows gradients and logits too.</summary>
    private sealed class Steps : IDisposable
    {
        public Steps(double learningRate)
        {
            OnnxModel model = DcganStep.Build(Parameters, Batch);
            string[] shown = [DcganStep.GradientOf("generator"), DcganStep.GradientOf("discriminator"), DcganStep.ReferenceLogits, DcganStep.MadeLogits, DcganStep.JudgedLogits];
            foreach (string name in shown) model.ExposeOutput(name);
            Session = new StepSession(model.ToBytes(), DcganStep.State.ToDictionary(DcganStep.Next), threads: 1);
            State = DcganStep.State.ToDictionary(name => name, name => new float[DcganStep.LengthOf(Parameters, name)]);
            State["generator"] = Larger(Parameters.Initial(Parameters.Generator, 1), Parameters.Generator);
            State["discriminator"] = Larger(Parameters.Initial(Parameters.Discriminator, 1), Parameters.Discriminator);
            State["generator/statistics"] = DcganParameters.InitialStatistics(Parameters.GeneratorStatistics);
            State["discriminator/statistics"] = DcganParameters.InitialStatistics(Parameters.DiscriminatorStatistics);
            foreach ((string name, float[] values) in State) Session.Set(name, values, values.Length);
            Session.Set(DcganStep.Images, Noise(Batch * 28 * 28, 1), Batch, 1, 28, 28);
            Session.Set(DcganStep.Latent, Latent, Batch, 5);
            Session.Set(DcganStep.Step, [1]);
            Session.Set(DcganStep.LearningRate, [(float)learningRate]);
        }

        public StepSession Session { get; }

        public Dictionary<string, float[]> State { get; }

        public float[] Latent { get; } = Noise(Batch * 5, 2);

        public void Dispose() => Session.Dispose();

        // Weights of 0.02 give gradients too small to compare in float32.
        private static float[] Larger(float[] values, FlatTensors tensors)
        {
            foreach (FlatTensor item in tensors.Items.Where(item => item.Name.EndsWith(".weight", StringComparison.Ordinal)))
            {
                foreach (ref float value in values.AsSpan(item.Start, item.Length)) value *= 8;
            }

            return values;
        }
    }
}
