using System.IO.Compression;

namespace QualityGate.Tests.Onnx.Weights;

/// <summary>A folder that holds one file of weights at a time.</summary>
internal sealed class WeightFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qualitygate-weights-");

    private string FilePath => Path.Combine(_folder.FullName, "weights.pth");

    public string Write(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        return FilePath;
    }

    /// <summary>An archive as torch.save lays it out, with this pickle and one storage of four bytes.</summary>
    public string Zip(byte[] pickle)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "archive/data.pkl", pickle);
            Add(archive, "archive/data/0", new byte[4]);
        }

        return Write(stream.ToArray());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
