using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using QualityGate.Errors;
using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>Writes features and statistics as other tools read them. Files appear whole or not at all.</summary>
public static class FeatureExport
{
    // Zip entries carry a time; a fixed one keeps equal content equal in its bytes.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A matrix as .npy, float32 in row order.</summary>
    /// <exception cref="UserErrorException">QG4107: it cannot be written.</exception>
    public static void WriteNpy(string path, FeatureMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        WriteAtomically(path, stream => WriteMatrix(stream, matrix));
    }

    /// <summary>A .npz with <c>features</c> and <c>logits</c>, as far as the set has them, and <c>mu</c> and <c>sigma</c> likewise.</summary>
    /// <exception cref="UserErrorException">QG4107: it cannot be written.</exception>
    public static void WriteNpz(string path, FeatureSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        WriteArchive(path, archive =>
        {
            if (set.Features is FeatureMatrix features)
            {
                WriteEntry(archive, "features", stream => WriteMatrix(stream, features));
            }

            if (set.Logits is FeatureMatrix logits)
            {
                WriteEntry(archive, "logits", stream => WriteMatrix(stream, logits));
            }

            if (set.Moments is FeatureMoments moments)
            {
                WriteMoments(archive, moments);
            }
        });
    }

    /// <summary>A .npz with <c>mu</c> [D] and <c>sigma</c> [D, D] in float64, as pytorch-fid reads statistics.</summary>
    /// <exception cref="UserErrorException">QG4107: it cannot be written.</exception>
    public static void WriteStatistics(string path, FeatureMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        WriteArchive(path, archive => WriteMoments(archive, moments));
    }

    private static void WriteMoments(ZipArchive archive, FeatureMoments moments)
    {
        int width = moments.Width;
        WriteEntry(archive, "mu", stream => WriteDoubles(stream, moments.Mean, width));
        WriteEntry(archive, "sigma", stream => WriteDoubles(stream, moments.Covariance, width, width));
    }

    private static void WriteMatrix(Stream stream, FeatureMatrix matrix)
    {
        WriteHeader(stream, "<f4", matrix.Count, matrix.Width);
        FeatureFingerprint.ForEachBlock(matrix, (_, block) => stream.Write(MemoryMarshal.AsBytes<float>(block.AsSpan())));
    }

    private static void WriteDoubles(Stream stream, double[] values, params long[] shape)
    {
        const int Block = 1 << 17;
        WriteHeader(stream, "<f8", shape);
        for (int start = 0; start < values.Length; start += Block)
        {
            stream.Write(MemoryMarshal.AsBytes<double>(values.AsSpan(start, Math.Min(Block, values.Length - start))));
        }
    }

    private static void WriteHeader(Stream stream, string type, params long[] shape)
    {
        // Version 1.0; the data begin at a multiple of 64, as numpy writes it.
        const int PrefixBytes = 10;
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '{type}', 'fortran_order': False, 'shape': {MatrixShape.Text(shape)}, }}");
        int total = (PrefixBytes + text.Length + 1 + 63) / 64 * 64;
        text = text.PadRight(total - PrefixBytes - 1) + "\n";
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)text.Length, (byte)(text.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    private static void WriteEntry(ZipArchive archive, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        write(stream);
    }

    private static void WriteArchive(string path, Action<ZipArchive> write) => WriteAtomically(path, stream =>
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        write(archive);
    });

    private static void WriteAtomically(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        FeatureFileErrors.Writing(path, () =>
        {
            using AtomicFile file = new(path);
            write(file.Stream);
            file.Commit(flushToDisk: false);
        });
    }
}
