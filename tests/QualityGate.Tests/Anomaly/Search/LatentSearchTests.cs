using Microsoft.ML.OnnxRuntime;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Anomaly.Search;
using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;

namespace QualityGate.Tests.Anomaly.Search;

public sealed class LatentSearchTests
{
    private static readonly TinyPair Pair = new();
    private static readonly LatentSearchOptions Quick = new() { Steps = 300, LearningRate = 0.03, BatchSize = 8, Restarts = 3 };

    [Fact]
    public void The_gradient_is_that_of_the_loss_in_double_precision()
    {
        var graph = new LatentGraph(Pair.Generator, Pair.Discriminator, new LatentGraphOptions { ResidualWeight = 0.7, DiscriminationWeight = 0.3 });
        var random = new Random(3);
        float[] z = Random(random, 2 * TinyPair.Latent, 2), x = Random(random, 2 * TinyPair.Pixels, 1);
        float[] f = Run(graph.FeatureModel(), LatentGraph.Features, (LatentGraph.Image, x, [2, 1, 6, 6]));
        float[] zeros = new float[z.Length];
        float[] mean = Run(
            graph.StepModel([1, 6, 6], TinyPair.Width), "next/mean",
            (LatentGraph.Latent, z, [2, 4]), (LatentGraph.Mean, zeros, [2, 4]), (LatentGraph.Square, zeros, [2, 4]), (LatentGraph.Step, [1f], []), (LatentGraph.Image, x, [2, 1, 6, 6]), (LatentGraph.Features, f, [2, 5]));
        for (int i = 0; i < z.Length; i++)
        {
            int image = i / TinyPair.Latent;
            double[] given = [.. x[(image * 36)..((image + 1) * 36)].Select(v => (double)v)];
            double Loss(double change)
            {
                double[] latent = [.. z[(image * 4)..((image + 1) * 4)].Select(v => (double)v)];
                latent[i % 4] += change;
                return Pair.Score(given, latent, 0.3);
            }

            double derivative = (Loss(1e-6) - Loss(-1e-6)) / 2e-6;
            Assert.Equal(derivative, mean[i] * 10, 1e-3);
        }
    }

    [Fact]
    public void Images_that_the_generator_makes_are_found_and_others_are_not()
    {
        (float[][] normal, float[][] strange) = Sets(40);
        using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick);
        IReadOnlyList<FoundImage> found = search.Find([.. normal, .. strange]);
        double[] scores = [.. found.Select(f => (double)f.Score)];
        bool[] labels = [.. Enumerable.Range(0, 80).Select(i => i >= 40)];
        Assert.True(AreaUnderCurve.Of(scores, labels) > 0.99);
        Assert.True(scores[..40].Order().ElementAt(20) < 1, "half of the generator's own images are found nearly exactly");
    }

    [Fact]
    public void A_score_is_what_its_latent_vector_scores_in_double_precision()
    {
        (float[][] normal, _) = Sets(10);
        using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { Lambda = 0.25 });
        IReadOnlyList<FoundImage> found = search.Find(normal);
        float[][] made = search.Generate([.. found.Select(f => f.Latent)]);
        for (int i = 0; i < normal.Length; i++)
        {
            double[] z = [.. found[i].Latent.Select(v => (double)v)];
            Assert.Equal(Pair.Score([.. normal[i].Select(v => (double)v)], z, 0.25), found[i].Score, 1e-3);
            Assert.All(Pair.Generate(z).Zip(made[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal((0.75 * found[i].Residual) + (0.25 * found[i].Discrimination), found[i].Score, 1e-3);
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    public void An_image_finds_the_same_whatever_steps_beside_it_and_on_however_many_workers(int batch, int workers)
    {
        (float[][] normal, float[][] strange) = Sets(10);
        using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { BatchSize = batch, Workers = workers });
        using LatentSearch alone = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { BatchSize = batch, Workers = 1 });
        float[][] all = [.. normal, .. strange];
        IReadOnlyList<FoundImage> together = search.Find(all);
        IReadOnlyList<FoundImage> backwards = search.Find([.. all.Reverse()]);
        for (int i = 0; i < all.Length; i++)
        {
            FoundImage single = alone.Find([all[i]])[0];
            Assert.Equal(single.Latent, together[i].Latent);
            Assert.Equal(single.Score, together[i].Score);
            Assert.Equal(single.Score, backwards[all.Length - 1 - i].Score);
        }
    }

    [Fact]
    public void Another_seed_begins_elsewhere_and_more_restarts_never_find_worse()
    {
        (_, float[][] strange) = Sets(8);
        FoundImage[] Found(LatentSearchOptions options)
        {
            using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, options);
            return [.. search.Find(strange)];
        }

        LatentSearchOptions one = Quick with { Restarts = 1, Steps = 40 };
        FoundImage[] first = Found(one), other = Found(one with { Seed = 1 }), more = Found(one with { Restarts = 4 });
        Assert.NotEqual(first.Select(f => f.Score), other.Select(f => f.Score));
        Assert.All(first.Zip(more), pair => Assert.True(pair.Second.Score <= pair.First.Score));
    }

    [Fact]
    public void Patience_ends_a_search_early_with_nearly_the_same_score()
    {
        (float[][] normal, _) = Sets(8);
        using LatentSearch patient = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { Steps = 2000, Restarts = 1 });
        using LatentSearch quick = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { Steps = 2000, Restarts = 1, Patience = 30 });
        IReadOnlyList<FoundImage> whole = patient.Find(normal), part = quick.Find(normal);
        Assert.All(part, f => Assert.True(f.Steps < 2000));
        Assert.All(whole.Zip(part), pair => Assert.True(pair.Second.Score <= pair.First.Score + 1));
    }

    [Fact]
    public void A_box_keeps_latent_values_inside_and_a_uniform_prior_begins_inside()
    {
        (_, float[][] strange) = Sets(8);
        using LatentSearch boxed = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { Box = 0.5, Prior = LatentPrior.Uniform });
        Assert.All(boxed.Find(strange), f => Assert.All(f.Latent, z => Assert.InRange(z, -0.5f, 0.5f)));
    }

    [Fact]
    public void Means_are_sums_divided_by_how_many_values_there_are()
    {
        (float[][] normal, _) = Sets(4);
        LatentSearchOptions start = Quick with { Steps = 1, Restarts = 1, LearningRate = 1e-9 };
        using LatentSearch sums = LatentSearch.Create(Pair.Generator, Pair.Discriminator, start);
        using LatentSearch means = LatentSearch.Create(Pair.Generator, Pair.Discriminator, start with { UsesMeans = true });
        Assert.All(sums.Find(normal).Zip(means.Find(normal)), pair =>
        {
            Assert.Equal(pair.First.Residual / TinyPair.Pixels, pair.Second.Residual, 1e-4);
            Assert.Equal(pair.First.Discrimination / TinyPair.Width, pair.Second.Discrimination, 1e-4);
        });
    }

    [Fact]
    public void A_generator_of_flat_images_works_with_a_discriminator_of_square_ones()
    {
        (float[][] normal, _) = Sets(4);
        using LatentSearch square = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick);
        using LatentSearch flat = LatentSearch.Create(new TinyPair(flat: true).Generator, Pair.Discriminator, Quick);
        Assert.Equal(square.Find(normal).Select(f => f.Score), flat.Find(normal).Select(f => f.Score));
    }

    [Fact]
    public void The_layer_before_the_last_product_is_compared_unless_another_is_named()
    {
        Assert.Equal("features", LatentGraph.DefaultLayer(Pair.Discriminator));
        UserErrorException error = Assert.Throws<UserErrorException>(() => LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick with { FeatureLayer = "featuers" }));
        Assert.Equal(DataErrors.LatentSearchImpossible, error.Code);
        Assert.Contains("Did you mean 'features'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_that_do_not_belong_together_are_refused_with_both_sizes()
    {
        var other = new GraphBuilder("large");
        string x = other.Input("x", OnnxElementType.Float, "batch", 1, 8, 8);
        OnnxModel large = other.Output(other.Gemm(other.Flatten(x), other.Initializer("w", new float[64], 64, 1))).ToModel();
        UserErrorException error = Assert.Throws<UserErrorException>(() => LatentSearch.Create(Pair.Generator, large, Quick with { FeatureLayer = "Flatten_0" }));
        Assert.Contains("1 x 6 x 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 x 8 x 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_without_a_derivative_is_named()
    {
        var g = new GraphBuilder("odd");
        string z = g.Input("z", OnnxElementType.Float, "batch", 4);
        string sorted = g.Node("CumSum", [z, g.Initializer("axis", [1L])]);
        string image = g.Node("Reshape", [g.Gemm(sorted, g.Initializer("w", new float[144], 4, 36)), g.Initializer("shape", [-1L, 1, 6, 6], 4)]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => LatentSearch.Create(g.Output(image).ToModel(), Pair.Discriminator, Quick));
        Assert.Contains("CumSum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_begins_where_an_encoder_says()
    {
        var graph = new GraphBuilder("encoder");
        string x = graph.Input("x", OnnxElementType.Float, "batch", TinyPair.Pixels);
        string z = graph.Gemm(x, graph.Initializer("w", new float[TinyPair.Pixels * 4], TinyPair.Pixels, 4), graph.Initializer("b", [0.5f, -0.25f, 1f, 0f], 4));
        OnnxModel encoder = graph.Output(z).ToModel();
        LatentSearchOptions still = Quick with { Steps = 1, Restarts = 1, LearningRate = 1e-9 };
        using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, still, encoder: encoder);
        Assert.All(search.Find(Sets(3).Normal), f => Assert.All(f.Latent.Zip([0.5f, -0.25f, 1f, 0f]), pair => Assert.Equal(pair.Second, pair.First, 1e-6)));
        UserErrorException error = Assert.Throws<UserErrorException>(() => LatentSearch.Create(Pair.Generator, Pair.Discriminator, still, encoder: Pair.Generator));
        Assert.Contains("it must take images of 36 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using LatentSearch search = LatentSearch.Create(Pair.Generator, Pair.Discriminator, Quick);
        Assert.ThrowsAny<OperationCanceledException>(() => search.Find(Sets(8).Normal, new CancellationToken(canceled: true)));
    }

    private static (float[][] Normal, float[][] Strange) Sets(int count)
    {
        var random = new Random(7);
        float[][] normal = [.. Enumerable.Range(0, count).Select(_ => Array.ConvertAll(Pair.Generate([.. Enumerable.Range(0, 4).Select(_ => (random.NextDouble() * 3) - 1.5)]), v => (float)v))];
        return (normal, [.. Enumerable.Range(0, count).Select(_ => Random(random, TinyPair.Pixels, 1))]);
    }

    private static float[] Random(Random random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => (float)(((random.NextDouble() * 2) - 1) * scale))];

    private static float[] Run(byte[] model, string output, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        using var session = new InferenceSession(model);
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape))];
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [.. inputs.Select(input => input.Name)], values, [output]);
        Array.ForEach(values, value => value.Dispose());
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
