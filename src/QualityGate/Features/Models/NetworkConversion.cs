using QualityGate.Onnx.Networks;
using QualityGate.Onnx.Weights;

namespace QualityGate.Features.Models;

/// <summary>Makes ONNX models of the weights that networks are published as.</summary>
internal static class NetworkConversion
{
    /// <summary>Bytes that a safetensors file may begin with: a length below 100 MB in 8 bytes, then a brace.</summary>
    private const int HeaderStart = 8;

    /// <summary>What makes a known model of its weights.</summary>
    /// <param name="model">A name of <see cref="KnownModels"/>.</param>
    public static Func<string, byte[]> Of(string model)
    {
        Func<IWeightSource, byte[]> build = model switch
        {
            "inception-v3-fid" => InceptionV3Fid.Build,
            "vgg16" => Vgg16.Build,
            _ when model.StartsWith("dinov2-", StringComparison.Ordinal) => DinoV2.Build,
            _ when model.StartsWith("clip-", StringComparison.Ordinal) => ClipImageTower.Build,
            _ => throw new ArgumentException($"no network is called {model}", nameof(model)),
        };
        return path =>
        {
            using IWeightSource weights = Open(path);
            return build(weights);
        };
    }

    // By content: people rename what they download.
    private static IWeightSource Open(string path)
    {
        Span<byte> head = stackalloc byte[HeaderStart + 1];
        using (FileStream stream = File.OpenRead(path))
        {
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) throw new WeightFormatException("The file is too short to hold weights.");
        }

        bool isSafetensors = head[^1] == (byte)'{' && head[4..HeaderStart].IndexOfAnyExcept((byte)0) < 0;
        return isSafetensors ? SafetensorsWeights.Open(path) : TorchWeights.Open(path);
    }
}
