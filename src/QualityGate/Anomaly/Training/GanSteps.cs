using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>Takes training steps.</summary>
internal sealed class GanSteps : IDisposable
{
    private readonly GanOptions _options;
    private readonly StepSession _session;
    private readonly float[] _images;
    private readonly float[] _latent;

    /// <summary>Loads the step's graph and starts from a state.</summary>
    public GanSteps(DcganParameters parameters, GanOptions options, GanState state)
    {
        _options = options;
        Count = state.Step;
        _session = new StepSession(
            DcganStep.Build(parameters, options.Batch).ToBytes(), DcganStep.State.ToDictionary(DcganStep.Next), options.ThreadCount);
        foreach (string name in DcganStep.State) _session.Set(name, state.Values[name], state.Values[name].Length);
        _session.Set(DcganStep.LearningRate, [(float)options.LearningRate]);
        _images = new float[options.Batch * options.Channels * options.Size * options.Size];
        _latent = new float[options.Batch * options.Latent];
    }

    /// <summary>Steps taken so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes one step on a batch; the losses are those before it.</summary>
    public (double Discriminator, double Generator) Take(ImageBatches images, ReadOnlySpan<int> batch, GanRandom random)
    {
        images.Fill(batch, _images);
        random.Fill(_latent, _options.Distribution);
        _session.Set(DcganStep.Images, _images, _options.Batch, _options.Channels, _options.Size, _options.Size);
        _session.Set(DcganStep.Latent, _latent, _options.Batch, _options.Latent);
        _session.Set(DcganStep.Step, [++Count]);
        _session.Run();
        return (_session.Get(DcganStep.DiscriminatorLoss)[0], _session.Get(DcganStep.GeneratorLoss)[0]);
    }

    /// <summary>Copies of everything that steps change.</summary>
    public IReadOnlyDictionary<string, float[]> Values() => DcganStep.State.ToDictionary(name => name, name => _session.Get(name).ToArray());

    public void Dispose() => _session.Dispose();
}
