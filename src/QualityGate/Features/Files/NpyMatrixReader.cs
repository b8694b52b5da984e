using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>Reads features from a numpy array block by block, so that only the float32 result is held.</summary>
internal static class NpyMatrixReader
{
    private const int BlockElements = 1 << 17;

    /// <summary>The matrix whose elements follow a head.</summary>
    /// <exception cref="Errors.UserErrorException">It is not a matrix of floats, or it is too large for memory.</exception>
    public static FeatureMatrix Read(NpyHeader header, Stream stream, string path, string name)
    {
        (int count, int width) = Check(header, path, name);
        float[] values = new float[MatrixShape.ElementsInMemory(path, name, count, width)];
        int size = header.Type.Size;
        byte[] block = new byte[BlockElements * size];
        float[] column = new float[header.IsFortranOrder ? BlockElements : 0];
        for (int start = 0; start < values.Length; start += BlockElements)
        {
            int length = Math.Min(BlockElements, values.Length - start);
            Span<byte> bytes = block.AsSpan(0, length * size);
            stream.ReadExactly(bytes);
            NpyElements.ToLittleEndian(header.Type, bytes);
            if (header.IsFortranOrder)
            {
                NpyElements.ToSingles(header.Type, bytes, column.AsSpan(0, length));
                Scatter(column.AsSpan(0, length), start, values, count, width);
            }
            else
            {
                NpyElements.ToSingles(header.Type, bytes, values.AsSpan(start, length));
            }
        }

        return new DenseFeatureMatrix(values, count, width);
    }

    /// <summary>Returns N and D of an array that features can be read from.</summary>
    public static (int Count, int Width) Check(NpyHeader header, string path, string name)
    {
        if (header.Type.Kind == 'u' && header.Type.Size == 1 && header.Shape.Count == 4)
        {
            throw FeatureFileErrors.Unsupported(
                path, $"'{name}' holds images {MatrixShape.Text(header.Shape)}, not features", "Extract features first, or give the images as files.");
        }

        return header.Type.Kind == 'f'
            ? MatrixShape.Check(path, name, header.Shape)
            : throw FeatureFileErrors.Unsupported(path, $"'{name}' holds {header.Type}, not floating point numbers");
    }

    private static void Scatter(ReadOnlySpan<float> block, int start, float[] values, int count, int width)
    {
        int column = start / count;
        int row = start % count;
        foreach (float value in block)
        {
            values[(row * width) + column] = value;
            if (++row == count)
            {
                row = 0;
                column++;
            }
        }
    }
}
