using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Onnx.Networks;

/// <summary>What torch computed with one network; see tests/golden/networks.py.</summary>
internal sealed class GoldenNetwork
{
    private readonly Dictionary<string, float[]> _outputs;

    private GoldenNetwork(Dictionary<string, long[]> shapes, Dictionary<string, float[]> outputs)
    {
        Shapes = shapes;
        _outputs = outputs;
    }

    public Dictionary<string, long[]> Shapes { get; }

    public static GoldenNetwork Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "networks", name + ".json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return new GoldenNetwork(
            document.RootElement.GetProperty("shapes").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(v => v.GetInt64()).ToArray()),
            document.RootElement.GetProperty("outputs").EnumerateObject().ToDictionary(p => p.Name, p => MemoryMarshal.Cast<byte, float>(p.Value.GetBytesFromBase64()).ToArray()));
    }

    /// <summary>Builds a network of the same weights, runs it on the same two images and compares every output.</summary>
    public void Compare(Func<IWeightSource, byte[]> build, int size, double tolerance = 1e-4)
    {
        using var weights = new HashWeights(Shapes);
        Compare(build(weights), size, tolerance);
    }

    public void Compare(byte[] model, int size, double tolerance = 1e-4)
    {
        using var session = new InferenceSession(model);
        float[] images = HashWeights.Images(2, size);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(images, [2, 3, size, size]);
        string[] names = [.. _outputs.Keys];
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["image"], [value], names);
        for (int i = 0; i < names.Length; i++)
        {
            float[] expected = _outputs[names[i]];
            ReadOnlySpan<float> actual = results[i].GetTensorDataAsSpan<float>();
            Assert.Equal(expected.Length, actual.Length);
            double scale = expected.Average(v => Math.Abs(v));
            double worst = 0;
            for (int j = 0; j < expected.Length; j++) worst = Math.Max(worst, Math.Abs(expected[j] - actual[j]));
            Assert.True(worst <= tolerance * scale, $"{names[i]}: {worst:E2} where the mean magnitude is {scale:E2}");
        }
    }
}
