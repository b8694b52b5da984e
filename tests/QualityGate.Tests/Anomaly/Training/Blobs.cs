using QualityGate.Images.Pictures;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Anomaly.Training;

/// <summary>A folder of small pictures of bright blobs, each elsewhere.</summary>
internal sealed class Blobs : IDisposable
{
    public Blobs(int count, int width = 28, int height = 28, int channels = 1, uint seed = 1)
    {
        Directory.CreateDirectory(Folder);
        NumpyRandomState random = new(seed);
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(Folder, $"{i:0000}.png"), PngEncoder.Encode(width, height, channels, Blob(random, width, height, channels)));
        }
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "qualitygate-tests-" + Guid.NewGuid().ToString("N"));

    public string Folder => Path.Combine(Root, "images");

    public string Output(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static byte[] Blob(NumpyRandomState random, int width, int height, int channels)
    {
        double x = width * (0.3 + (0.4 * random.NextDouble())), y = height * (0.3 + (0.4 * random.NextDouble())), size = width * (0.1 + (0.1 * random.NextDouble()));
        byte[] samples = new byte[width * height * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            double dx = (i / channels % width) - x, dy = (i / channels / width) - y;
            samples[i] = (byte)(255 * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * size * size)));
        }

        return samples;
    }
}
