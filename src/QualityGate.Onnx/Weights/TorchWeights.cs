namespace QualityGate.Onnx.Weights;

/// <summary>
/// Reads the state dicts that <c>torch.save</c> writes (<c>.pth</c>, <c>.pt</c>, <c>.bin</c>), both the zip archives of PyTorch 1.6 and later
/// and the plain pickles before. Only tensors are read: see <see cref="Pickle.PickleReader"/>. TorchScript archives, which hold programs, are refused.
/// </summary>
public static class TorchWeights
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="WeightFormatException">It is damaged, is TorchScript, or refers to anything but tensors.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IWeightSource Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            Span<byte> head = stackalloc byte[4];
            int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            return read == head.Length && head.SequenceEqual("PK\u0003\u0004"u8) ? new TorchZipWeights(stream) : new TorchLegacyWeights(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
