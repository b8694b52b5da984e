using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal sealed class GraphRun : IDisposable
{
    private readonly InferenceSession _session;

    public GraphRun(OnnxModel model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model.ToBytes(), options);
    }

    public static IReadOnlyDictionary<string, double[]> Once(OnnxModel model, params Tensor[] inputs)
    {
        using var run = new GraphRun(model);
        return run.Run(inputs);
    }

    public IReadOnlyDictionary<string, double[]> Run(params Tensor[] inputs)
    {
        Dictionary<string, OrtValue> values = inputs.Where(input => _session.InputNames.Contains(input.Name)).ToDictionary(input => input.Name, input => input.ToOrt());
        try
        {
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, values, _session.OutputNames);
            return _session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => Read(pair.Second));
        }
        finally
        {
            foreach (OrtValue value in values.Values) value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private static double[] Read(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
        TensorElementType.Int64 => Array.ConvertAll(value.GetTensorDataAsSpan<long>().ToArray(), item => (double)item),
        TensorElementType.Bool => Array.ConvertAll(value.GetTensorDataAsSpan<bool>().ToArray(), item => item ? 1.0 : 0.0),
        _ => Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), item => (double)item),
    };
}
