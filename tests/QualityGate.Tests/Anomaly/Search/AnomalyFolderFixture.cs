using QualityGate.Images.Pictures;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Anomaly.Search;

/// <summary>A tiny pair of networks on disk, images that the generator can make and images that it cannot, with a spec.</summary>
internal sealed class AnomalyFolderFixture : IDisposable
{
    public const string Input = "{ color: gray, size: 6, scale: 0.00784313725490196, offset: -1 }";

    private static readonly TinyPair Pair = new();

    public AnomalyFolderFixture()
    {
        File.WriteAllBytes(Path.Combine(Tool.Folder, "generator.onnx"), Pair.Generator.ToBytes());
        File.WriteAllBytes(Path.Combine(Tool.Folder, "discriminator.onnx"), Pair.Discriminator.ToBytes());
        Tool.Write("discriminator.extractor.yaml", $"model: discriminator.onnx\ninput: {Input}\noutputs: {{ features: features }}\n");
        var random = new Random(5);
        for (int i = 0; i < 24; i++)
        {
            Save(Path.Combine(i < 12 ? "reference/good" : "candidate/good", $"{i:00}.png"), Normal(random));
            if (i < 12) Save($"candidate/strange/{i:00}.png", [.. Enumerable.Range(0, TinyPair.Pixels).Select(_ => (byte)random.Next(256))]);
        }
    }

    public ToolRun Tool { get; } = new();

    public void WriteSpec(string anomaly, string gates) => Tool.Write(
        "qualitygate.yaml",
        $"version: 1\nreference: reference\ncandidate: candidate\nextractor: discriminator.extractor.yaml\nlabels: {{ candidate: folders }}\nanomaly:\n  generator: generator.onnx\n  discriminator: discriminator.onnx\n  input: {Input}\n  steps: 300\n  learning_rate: 0.03\n  restarts: 3\n{anomaly}gates:\n{gates}");

    /// <summary>Saves a gray image of 6 x 6.</summary>
    public void Save(string name, byte[] pixels)
    {
        string path = Path.Combine(Tool.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new PlainPicture(TinyPair.Side, TinyPair.Side, 1, pixels).ToPng());
    }

    /// <summary>An image that the generator can make, rounded to 8 bits.</summary>
    public static byte[] Normal(Random random) =>
        [.. Pair.Generate([.. Enumerable.Range(0, TinyPair.Latent).Select(_ => (random.NextDouble() * 2) - 1)]).Select(v => (byte)Math.Round((v + 1) * 127.5))];

    public void Dispose() => Tool.Dispose();
}
