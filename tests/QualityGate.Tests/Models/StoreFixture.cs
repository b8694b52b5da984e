using System.Security.Cryptography;
using QualityGate.Features.Models;
using QualityGate.Onnx;
using QualityGate.Specs;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Models;

/// <summary>A store of its own, and a model to be made of weights that are 64 random bytes.</summary>
internal sealed class StoreFixture : IDisposable
{
    public const string Name = "tiny-fid";

    private readonly TemporaryFolder _folder = new();

    public StoreFixture()
    {
        Store = new ModelStore(new StorePlaces(Path.Combine(_folder.Path, "store")));
        Weights = Path.Combine(_folder.Path, "tiny.pth");
        File.WriteAllBytes(Weights, WeightBytes);
    }

    public static byte[] WeightBytes { get; } = DownloadFixture.Bytes(64);

    public static string WeightHash { get; } = Convert.ToHexStringLower(SHA256.HashData(WeightBytes));

    public string Folder => _folder.Path;

    public ModelStore Store { get; }

    public string Weights { get; }

    /// <summary>A model as <see cref="KnownModels"/> has them, with a network of a few numbers.</summary>
    public static KnownModel Model(Func<string, byte[]>? convert = null, string? hash = null, Uri? source = null) => new(
        Name, "tiny-weights.pth", source, hash ?? WeightHash[..8], WeightBytes.Length, "MIT", ["pytorch-fid", "torch-fidelity", "clean-fid"], convert ?? Convert3);

    /// <summary>The mean colour and a little more, with the outputs that recipes of Inception name.</summary>
    public static byte[] Network(float scale = 1)
    {
        var graph = new GraphBuilder("tiny");
        string x = graph.Flatten(graph.GlobalAveragePool(graph.Input("image", OnnxElementType.Float, "batch", 3, "height", "width")));
        string features = graph.Identity(graph.Gemm(x, graph.Initializer("w", [1 * scale, 2, 3, 4, 5, 6, -1, -2, -3, 1, 0, 1], 3, 4)), "features");
        string logits = graph.Identity(graph.Gemm(features, graph.Initializer("v", [1f, 2, 3, 4, 5, 6, 7, 8], 4, 2)), "logits");
        return graph.Output(features, OnnxElementType.Float, "batch", 4).Output(logits, OnnxElementType.Float, "batch", 2).ToModelBytes();
    }

    public AddedModel Add(KnownModel? model = null, string? sha256 = null)
    {
        using StoreLock held = StoreLock.Take(Store.Places, Name, null, CancellationToken.None);
        return new ModelAddition(Store, TimeProvider.System, "1.2.3").Add(
            model ?? Model(), new ModelWeights(Weights, "tiny-weights.pth", "https://models.example/tiny-weights.pth", sha256), held, CancellationToken.None);
    }

    public string At(params string[] parts) => Path.Combine([Store.Places.FolderOf(Name), .. parts]);

    /// <summary>Every folder in the store that holds models or what should become one.</summary>
    public string[] Folders() => Directory.Exists(Store.Places.Models)
        ? [.. Directory.GetDirectories(Store.Places.Models).Select(p => Path.GetFileName(p)!).Where(n => n is not (".locks" or ".downloads")).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => _folder.Dispose();

    private static byte[] Convert3(string path)
    {
        Assert.Equal(WeightBytes, File.ReadAllBytes(path));
        return Network();
    }
}
