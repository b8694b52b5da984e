using System.Security.Cryptography;
using System.Text;
using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Onnx;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Labelled images as a training takes them.</summary>
public sealed record EmbeddingData
{
    /// <summary>Features of the images, with labels.</summary>
    public required FeatureSet Set { get; init; }

    /// <summary>The network that is trained, or null for a head alone.</summary>
    public TrainableNetwork? Network { get; init; }

    /// <summary>Prepared images, one row each in the set's order, when a network is trained.</summary>
    public FeatureMatrix? Images { get; init; }

    /// <summary>Channels, height and width of a prepared image.</summary>
    public IReadOnlyList<long> ImageShape { get; init; } = [];

    /// <summary>The extractor to compose the embedding with, or null for features of unknown origin.</summary>
    public EmbeddingBase? Base { get; init; }

    /// <summary>What is said of masks in the files, or null without masks.</summary>
    public string? Masking { get; init; }

    internal FeatureMatrix Features => Set.Features!;

    internal FeatureMatrix Inputs => Images ?? Features;

    internal IReadOnlyList<long> InputShape => Images is null ? [Features.Width] : ImageShape;

    internal IReadOnlyList<string> Labels => Set.Labels!;

    /// <summary>Hash of everything that a training depends on besides its options.</summary>
    internal string Fingerprint
    {
        get
        {
            StringBuilder text = new();
            text.Append(Set.Fingerprint).Append('\n').Append(Set.ExtractorFingerprint ?? "~").Append('\n').Append(Network is null ? "features" : "images");
            foreach (string label in Labels) text.Append('\n').Append(label.Length).Append(' ').Append(label);
            return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}

/// <summary>An extractor as a graph that goes on in an embedding.</summary>
/// <param name="Model">Its model, with the features as the only output.</param>
/// <param name="Features">The features' tensor.</param>
/// <param name="Recipe">How images are fed, given the name of a model file and of its output.</param>
public sealed record EmbeddingBase(OnnxModel Model, string Features, Func<string, string, string> Recipe);
