namespace QualityGate.Onnx.Networks;

/// <summary>What a DCGAN's two networks are made of, by names like <c>up2.weight</c>, and how they begin.</summary>
public sealed class DcganParameters
{
    private const double WeightDeviation = 0.02;

    /// <summary>Lists the tensors of a shape.</summary>
    public DcganParameters(DcganShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        AddGenerator();
        AddDiscriminator();
    }

    /// <summary>The sizes.</summary>
    public DcganShape Shape { get; }

    /// <summary>What is trained of the generator.</summary>
    public FlatTensors Generator { get; } = new();

    /// <summary>Running means and variances of the generator's batch normalisations.</summary>
    public FlatTensors GeneratorStatistics { get; } = new();

    /// <summary>What is trained of the discriminator.</summary>
    public FlatTensors Discriminator { get; } = new();

    /// <summary>Running means and variances of the discriminator's batch normalisations.</summary>
    public FlatTensors DiscriminatorStatistics { get; } = new();

    /// <summary>The values before the first step: weights N(0, 0.02), gains N(1, 0.02), biases 0; the same on every machine.</summary>
    /// <param name="tensors"><see cref="Generator"/> or <see cref="Discriminator"/>.</param>
    /// <param name="seed">Chooses the values.</param>
    public float[] Initial(FlatTensors tensors, long seed)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        float[] values = new float[tensors.Length];
        int network = ReferenceEquals(tensors, Generator) ? 0 : 1000;
        for (int i = 0; i < tensors.Items.Count; i++)
        {
            FlatTensor item = tensors.Items[i];
            if (item.Name.EndsWith(".bias", StringComparison.Ordinal)) continue;
            float mean = item.Name.EndsWith(".gain", StringComparison.Ordinal) ? 1 : 0;
            float[] drawn = NormalWeights.Draw(seed, network + i, item.Length, WeightDeviation);
            for (int j = 0; j < drawn.Length; j++) values[item.Start + j] = mean + drawn[j];
        }

        return values;
    }

    /// <summary>Running statistics before the first step: means 0, variances 1.</summary>
    public static float[] InitialStatistics(FlatTensors statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        float[] values = new float[statistics.Length];
        foreach (FlatTensor item in statistics.Items.Where(item => item.Name.EndsWith(".variance", StringComparison.Ordinal)))
        {
            values.AsSpan(item.Start, item.Length).Fill(1);
        }

        return values;
    }

    private void AddGenerator()
    {
        int halvings = Shape.Halvings, side = Shape.SmallestSide;
        Generator.Add("dense.weight", Shape.Latent, (long)Shape.ChannelsAt(halvings) * side * side);
        AddNormalisation(Generator, GeneratorStatistics, "dense", Shape.ChannelsAt(halvings));
        for (int i = halvings; i > 0; i--)
        {
            Generator.Add($"up{i}.weight", Shape.ChannelsAt(i), Shape.ChannelsAt(i - 1), DcganShape.Kernel, DcganShape.Kernel);
            if (i > 1) AddNormalisation(Generator, GeneratorStatistics, $"up{i}", Shape.ChannelsAt(i - 1));
        }

        Generator.Add("up1.bias", Shape.Channels);
    }

    private void AddDiscriminator()
    {
        for (int i = 1; i <= Shape.Halvings; i++)
        {
            Discriminator.Add($"down{i}.weight", Shape.ChannelsAt(i), Shape.ChannelsAt(i - 1), DcganShape.Kernel, DcganShape.Kernel);
            if (i > 1) AddNormalisation(Discriminator, DiscriminatorStatistics, $"down{i}", Shape.ChannelsAt(i));
            else Discriminator.Add("down1.bias", Shape.ChannelsAt(1));
        }

        Discriminator.Add("logit.weight", 1, Shape.Features);
        Discriminator.Add("logit.bias", 1);
    }

    private static void AddNormalisation(FlatTensors trained, FlatTensors statistics, string layer, int channels)
    {
        trained.Add(layer + ".gain", channels);
        trained.Add(layer + ".bias", channels);
        statistics.Add(layer + ".mean", channels);
        statistics.Add(layer + ".variance", channels);
    }
}
