using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;

namespace QualityGate.Bench;

/// <summary>Writes the gradient of the search's loss with respect to z, for a check in double precision by bench/peers/latent_gradient.py.</summary>
internal static class LatentGradient
{
    private const int Count = 4;

    public static void Write(string generator, string discriminator, string folder)
    {
        Directory.CreateDirectory(folder);
        var graph = new LatentGraph(OnnxModel.Load(generator), OnnxModel.Load(discriminator), new LatentGraphOptions());
        var random = new Random(1);
        float[] z = [.. Enumerable.Range(0, Count * (int)graph.LatentShape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        (float[] made, long[] imageShape) = Run(graph.GeneratorModel(), [(LatentGraph.Latent, z, [Count, .. graph.LatentShape])], LatentGraph.Generated);
        float[] x = [.. made.Select(value => Math.Clamp(value + (float)((random.NextDouble() - 0.5) * 0.8), -1, 1))];
        (float[] f, long[] featureShape) = Run(graph.FeatureModel(), [(LatentGraph.Image, x, [Count, .. graph.DiscriminatorShape])], LatentGraph.Features);
        float[] zeros = new float[z.Length];
        long[] latents = [Count, .. graph.LatentShape];
        (float[] mean, _) = Run(
            graph.StepModel(imageShape[1..], featureShape[1]),
            [(LatentGraph.Latent, z, latents), (LatentGraph.Mean, zeros, latents), (LatentGraph.Square, zeros, latents), (LatentGraph.Step, [1], []), (LatentGraph.Image, x, imageShape), (LatentGraph.Features, f, featureShape)],
            "next/mean");

        // Adam's first running mean is a tenth of the gradient.
        float[] gradient = [.. mean.Select(value => value * 10)];
        foreach ((string name, float[] values) in new[] { ("z", z), ("x", x), ("gradient", gradient) }) File.WriteAllBytes(Path.Combine(folder, name + ".f32"), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        Console.WriteLine($"{Count} gradients of {z.Length / Count} values in {folder}; layer {graph.FeatureLayer}");
    }

    private static (float[] Values, long[] Shape) Run(byte[] model, (string Name, float[] Values, long[] Shape)[] inputs, string output)
    {
        using var session = new InferenceSession(model);
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape))];
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [.. inputs.Select(input => input.Name)], values, [output]);
        Array.ForEach(values, value => value.Dispose());
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
    }
}
