using QualityGate.Images.Pictures;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Backgrounds;

/// <summary>
/// Two sets of small images with masks. Objects are noise of their own; the backgrounds of the class <c>told</c> are alike, those of the others are not.
/// </summary>
internal sealed class BackgroundFolderFixture : IDisposable
{
    public const string Extractor = "extractor: { builtin: random-vgg16, size: 32, width: 0.1, features: 16 }";
    private const int Size = 16;

    public ToolRun Tool { get; } = new();

    public string Results => Path.Combine(Tool.Folder, "qualitygate-out", "background");

    public void WriteSets(params string[] classes)
    {
        foreach (string set in new[] { "real", "made" })
        {
            foreach (string kind in classes)
            {
                for (int i = 0; i < 12; i++)
                {
                    WriteImage(set, $"{kind}/{i:00}", (set == "real" ? 100 : 900) + (Array.IndexOf(classes, kind) * 50) + i, isTold: kind == "told");
                }
            }
        }
    }

    public void WriteImage(string set, string name, int seed, bool isTold, bool withMask = true)
    {
        Random random = new(seed);
        byte[] pixels = new byte[3 * Size * Size], mask = new byte[Size * Size];
        int level = random.Next(20, 60), colour = random.Next(60, 256);
        for (int i = 0; i < mask.Length; i++)
        {
            bool isObject = i / Size is > 3 and < 12 && i % Size is > 3 and < 12;
            mask[i] = isObject ? byte.MaxValue : byte.MinValue;
            for (int c = 0; c < 3; c++)
            {
                pixels[(3 * i) + c] = (byte)(isObject ? random.Next(colour) : isTold ? (c == 0 ? 230 : 20 * (i % 5)) : level);
            }
        }

        Write($"{set}/{name}.png", PngEncoder.Encode(Size, Size, 3, pixels));
        if (withMask)
        {
            Write($"masks/{set}/{name}.png", PngEncoder.Encode(Size, Size, 1, mask));
        }
    }

    public void WriteSpec(string background = "background: {}", string gates = "  background_gap: { max: 1 }\n", string rest = "") => Tool.Write(
        "qualitygate.yaml",
        $"version: 1\nreference: real\ncandidate: made\n{Extractor}\nlabels: folders\nmasks: {{ reference: masks/real, candidate: masks/made, mode: none }}\n{background}\n{rest}gates:\n{gates}");

    public void Dispose() => Tool.Dispose();

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Tool.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
