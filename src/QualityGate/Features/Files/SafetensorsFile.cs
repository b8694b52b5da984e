using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>A safetensors file, mapped and checked. Its tensors are read in place.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly Dictionary<string, SafetensorsTensor> _tensors;

    private SafetensorsFile(FileMapping mapping, SafetensorsHeader header)
    {
        Mapping = mapping;
        Header = header;
        _tensors = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's bytes.</summary>
    public FileMapping Mapping { get; }

    /// <summary>What the file says it holds.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Text under a name, or null.</summary>
    public string? Metadata(string name) => Header.Metadata.GetValueOrDefault(name);

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="Errors.UserErrorException">It is missing, unreadable or damaged.</exception>
    public static SafetensorsFile Open(string path) => FeatureFileErrors.Reading(path, () =>
    {
        FileMapping mapping = FileMapping.Open(path);
        try
        {
            return new SafetensorsFile(mapping, SafetensorsHeader.Read(mapping));
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    });

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>All bytes of a tensor of at most 2 GB, in place.</summary>
    public ReadOnlySpan<byte> Bytes(SafetensorsTensor tensor)
    {
        if (tensor.Length > Array.MaxLength)
        {
            throw FeatureFileErrors.Unsupported(Mapping.Path, $"tensor '{tensor.Name}' is larger than 2 GB");
        }

        return Mapping.Slice<byte>(tensor.Offset, (int)tensor.Length);
    }

    /// <summary>A float tensor <c>[N, D]</c>: float32 in place, other floats converted into memory.</summary>
    /// <exception cref="Errors.UserErrorException">It is not a matrix of floats with N and D of at least 1.</exception>
    public FeatureMatrix Matrix(SafetensorsTensor tensor)
    {
        string path = Mapping.Path;
        if (!SafetensorsType.IsFloat(tensor.Type))
        {
            throw FeatureFileErrors.Unsupported(path, $"'{tensor.Name}' holds {tensor.Type}, not floating point numbers");
        }

        (int count, int width) = MatrixShape.Check(path, tensor.Name, tensor.Shape);
        if (tensor.Type == SafetensorsType.Float32)
        {
            return new MappedFeatureMatrix(Mapping, tensor.Offset, count, width);
        }

        float[] values = new float[MatrixShape.ElementsInMemory(path, tensor.Name, count, width)];
        FloatConversion.ToSingles(tensor.Type, Mapping, tensor.Offset, values);
        return new DenseFeatureMatrix(values, count, width);
    }

    /// <summary>A float32 or float64 tensor as doubles.</summary>
    public double[] Doubles(SafetensorsTensor tensor)
    {
        long count = SafetensorsTensor.Elements(tensor.Shape);
        if (count > Array.MaxLength || tensor.Type is not (SafetensorsType.Float32 or SafetensorsType.Float64))
        {
            throw FeatureFileErrors.Unsupported(Mapping.Path, $"'{tensor.Name}' ({tensor.Type}) is not a statistic of float32 or float64");
        }

        double[] values = new double[count];
        if (tensor.Type == SafetensorsType.Float64)
        {
            Mapping.Slice<double>(tensor.Offset, values.Length).CopyTo(values);
            return values;
        }

        ReadOnlySpan<float> singles = Mapping.Slice<float>(tensor.Offset, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = singles[i];
        }

        return values;
    }

    /// <inheritdoc />
    public void Dispose() => Mapping.Dispose();
}
