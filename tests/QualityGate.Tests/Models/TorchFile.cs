using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Models;

/// <summary>Writes float32 weights as <c>torch.save</c> writes a state dict.</summary>
internal static class TorchFile
{
    public static void Write(string path, IWeightSource weights)
    {
        using var pickle = new MemoryStream();
        Put(pickle, 0x80, 2, (byte)'c');
        Put(pickle, "collections\nOrderedDict\n"u8);
        Put(pickle, (byte)')', (byte)'R', (byte)'(');
        using (var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            int key = 0;
            foreach ((string name, WeightTensor tensor) in weights.Tensors)
            {
                float[] values = weights.ReadSingles(name);
                string storage = (key++).ToString(CultureInfo.InvariantCulture);
                PutTensor(pickle, name, storage, [.. tensor.Shape.Select(length => (int)length)], values.Length);
                Add(archive, $"archive/data/{storage}", MemoryMarshal.AsBytes(values.AsSpan()));
            }

            Put(pickle, (byte)'u', (byte)'.');
            Add(archive, "archive/data.pkl", pickle.ToArray());
        }
    }

    private static void PutTensor(Stream pickle, string name, string storage, int[] shape, int count)
    {
        PutText(pickle, name);
        Put(pickle, (byte)'c');
        Put(pickle, "torch._utils\n_rebuild_tensor_v2\n"u8);
        Put(pickle, (byte)'(', (byte)'(');
        PutText(pickle, "storage");
        Put(pickle, (byte)'c');
        Put(pickle, "torch\nFloatStorage\n"u8);
        PutText(pickle, storage);
        PutText(pickle, "cpu");
        PutInteger(pickle, count);
        Put(pickle, (byte)'t', (byte)'Q');
        PutInteger(pickle, 0);
        PutTuple(pickle, shape);
        int[] strides = [.. shape.Select((_, axis) => shape[(axis + 1)..].Aggregate(1, (a, b) => a * b))];
        PutTuple(pickle, strides);
        Put(pickle, 0x89, (byte)'N', (byte)'t', (byte)'R');
    }

    private static void PutTuple(Stream pickle, int[] values)
    {
        Put(pickle, (byte)'(');
        foreach (int value in values) PutInteger(pickle, value);
        Put(pickle, (byte)'t');
    }

    private static void PutInteger(Stream pickle, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Put(pickle, (byte)'J');
        Put(pickle, bytes);
    }

    private static void PutText(Stream pickle, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Put(pickle, (byte)'X');
        Put(pickle, length);
        Put(pickle, bytes);
    }

    private static void Put(Stream pickle, params ReadOnlySpan<byte> bytes) => pickle.Write(bytes);

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> bytes)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
