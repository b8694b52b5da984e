using System.Text.Json;

namespace QualityGate.Tests.Onnx;

/// <summary>What tests/golden/onnx.py wrote.</summary>
internal static class Golden
{
    public static double[] Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "onnx", "golden.json")));
        return document.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble()).ToArray();
    }
}
