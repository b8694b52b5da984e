using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Takes training steps.</summary>
internal sealed class EmbeddingSteps : IDisposable
{
    public const string DivergedAdvice = "Try a smaller --learning-rate, or another --seed.";

    private readonly EmbeddingData _data;
    private readonly IReadOnlyList<string> _state;
    private readonly long[] _shape;
    private readonly int _classes;
    private readonly StepSession _session;
    private readonly float[] _inputs;
    private readonly float[] _targets;

    /// <summary>Loads the step's graph and starts from a state.</summary>
    public EmbeddingSteps(EmbeddingData data, EmbeddingParameters parameters, FeatureProjection start, EmbeddingOptions options, EmbeddingState state)
    {
        _data = data;
        _state = EmbeddingStep.StateOf(parameters);
        _classes = parameters.Shape.Classes;
        int batch = ClassBatches.SizeOf(_classes, options);
        _shape = [batch, .. data.InputShape];
        Count = state.Step;

        // One thread: how products are cut between threads decides in which order they are summed, and a training must not depend on that.
        _session = new StepSession(EmbeddingStep.Build(parameters, start, _shape).ToBytes(), _state.ToDictionary(EmbeddingStep.Next), 1);
        foreach (string name in _state) _session.Set(name, state.Values[name], state.Values[name].Length);
        _session.Set(EmbeddingStep.LearningRate, [(float)options.LearningRate]);
        _session.Set(EmbeddingStep.WeightDecay, [(float)options.WeightDecay]);
        if (parameters.Loss.HasProxies) _session.Set(EmbeddingStep.ProxyLearningRate, [(float)(options.LearningRate * options.ProxyRateFactor)]);
        _inputs = new float[batch * data.Inputs.Width];
        _targets = new float[batch * _classes];
    }

    /// <summary>Steps taken so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes one step on a batch; the loss is that before it.</summary>
    public double Take(ReadOnlySpan<int> rows, ReadOnlySpan<int> classes)
    {
        int length = _data.Inputs.Width;
        Array.Clear(_targets);
        for (int i = 0; i < rows.Length; i++)
        {
            _data.Inputs.Row(rows[i]).CopyTo(_inputs.AsSpan(i * length));
            _targets[(i * _classes) + classes[i]] = 1;
        }

        _session.Set(EmbeddingStep.Batch, _inputs, _shape);
        _session.Set(EmbeddingStep.Classes, _targets, rows.Length, _classes);
        _session.Set(EmbeddingStep.Step, [++Count]);
        _session.Run();
        return _session.Get(EmbeddingStep.Loss)[0];
    }

    /// <summary>Copies of everything that steps change.</summary>
    public IReadOnlyDictionary<string, float[]> Values() => _state.ToDictionary(name => name, name => _session.Get(name).ToArray());

    public void Dispose() => _session.Dispose();
}
