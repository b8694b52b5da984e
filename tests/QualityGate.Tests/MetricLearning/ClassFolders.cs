using QualityGate.Anomaly.Pictures;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.MetricLearning;

/// <summary>
/// Folders of small pictures, one folder a class: each class is a pattern of its own, drawn faintly under strong light that falls from elsewhere in every picture and
/// tells nothing. Features that follow the light mix the classes up; an embedding can learn to look past it.
/// </summary>
internal sealed class ClassFolders : IDisposable
{
    private const double Light = 90, Pattern = 26;

    public ClassFolders(int classes = 8, int imagesOfEach = 12, int side = 32, uint seed = 3)
    {
        NumpyRandomState random = new(seed);
        for (int label = 0; label < classes; label++)
        {
            string folder = Path.Combine(Folder, $"class-{label}");
            Directory.CreateDirectory(folder);
            double[] pattern = [.. Enumerable.Range(0, 64).Select(_ => random.NextDouble() < 0.5 ? -1.0 : 1)];
            for (int i = 0; i < imagesOfEach; i++) File.WriteAllBytes(Path.Combine(folder, $"{i:000}.png"), PngEncoder.Encode(side, side, 1, Picture(random, side, pattern)));
        }
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "qualitygate-tests-" + Guid.NewGuid().ToString("N"));

    public string Folder => Path.Combine(Root, "images");

    public string Output(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static byte[] Picture(NumpyRandomState random, int side, double[] pattern)
    {
        double across = (2 * random.NextDouble()) - 1, down = (2 * random.NextDouble()) - 1;
        byte[] samples = new byte[side * side];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double light = Light * ((across * ((2.0 * x / side) - 1)) + (down * ((2.0 * y / side) - 1)));
                double value = 128 + light + (Pattern * pattern[(y * 8 / side * 8) + (x * 8 / side)]) + (12 * (random.NextDouble() - 0.5));
                samples[(y * side) + x] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        return samples;
    }
}
