using Microsoft.ML.OnnxRuntime;

namespace QualityGate.Numerics.Engine;

/// <summary>
/// A graph that is run over and over on float32 tensors, some of whose outputs are inputs of the next run. Those stay where the runtime put
/// them; nothing is copied between runs.
/// </summary>
internal sealed class StepSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly Dictionary<string, OrtValue> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inputOfOutput;

    /// <summary>Loads a graph.</summary>
    /// <param name="model">The bytes of a model.</param>
    /// <param name="carried">By output, the input that it becomes.</param>
    /// <param name="threads">Threads inside a run.</param>
    public StepSession(byte[] model, IReadOnlyDictionary<string, string> carried, int threads)
    {
        using SessionOptions settings = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that wait by turning in a circle take the processor from whoever else needs it, and gain little.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, settings);
        _inputs = [.. _session.InputMetadata.Keys];
        _outputs = [.. _session.OutputMetadata.Keys];
        _inputOfOutput = new Dictionary<string, string>(carried, StringComparer.Ordinal);
    }

    /// <summary>Gives an input its value for the runs to come; copied.</summary>
    public void Set(string input, ReadOnlySpan<float> values, params long[] shape)
    {
        if (!_tensors.TryGetValue(input, out OrtValue? tensor) || _inputOfOutput.ContainsValue(input))
        {
            tensor?.Dispose();
            _tensors[input] = tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, shape);
        }

        values.CopyTo(tensor.GetTensorMutableDataAsSpan<float>());
    }

    /// <summary>An input's present value, or an output of the last run that is not carried over; valid until the next run.</summary>
    public ReadOnlySpan<float> Get(string name) => _tensors[name].GetTensorDataAsSpan<float>();

    /// <summary>Runs the graph once.</summary>
    public void Run()
    {
        // The collection is not disposed: its values live on.
        IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_options, _inputs, [.. _inputs.Select(name => _tensors[name])], _outputs);
        OrtValue[] kept = [.. results];
        for (int i = 0; i < kept.Length; i++)
        {
            string name = _inputOfOutput.GetValueOrDefault(_outputs[i], _outputs[i]);
            if (_tensors.TryGetValue(name, out OrtValue? old)) old.Dispose();
            _tensors[name] = kept[i];
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (OrtValue tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
        _session.Dispose();
        _options.Dispose();
    }
}
