using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>Feature sets from .npy and .npz files. Fingerprints are left for the caller.</summary>
internal static class NumpyFeatures
{
    /// <summary>One array of features: float32 in row order is mapped, anything else converted into memory.</summary>
    public static FeatureSet ReadNpy(FeatureLocation location, string source)
    {
        RefuseKey(location);
        string path = location.Path;
        using FileStream stream = File.OpenRead(path);
        NpyHeader header = NpyHeader.Read(stream, path, stream.Length);
        (int count, int width) = NpyMatrixReader.Check(header, path, "the array");
        bool inPlace = header is { IsFortranOrder: false, Type: { Size: sizeof(float), IsBigEndian: false } };
        FeatureMatrix matrix = inPlace
            ? new MappedFeatureMatrix(FileMapping.Open(path), header.DataOffset, count, width)
            : NpyMatrixReader.Read(header, stream, path, "the array");
        return Of(source, matrix, null);
    }

    /// <summary><c>features</c> and <c>logits</c>, or the array of the key, or <c>mu</c> and <c>sigma</c> where there are no features.</summary>
    public static FeatureSet ReadNpz(FeatureLocation location, string source)
    {
        using NpzFile file = NpzFile.Open(location.Path);
        string wanted = location.Key ?? "features";
        FeatureMatrix? features = file.Contains(wanted) ? Matrix(file, location.Path, wanted) : null;
        FeatureMatrix? logits = location.Key is null && file.Contains("logits") ? Matrix(file, location.Path, "logits") : null;
        if (features is not null || logits is not null)
        {
            return features is null || logits is null || features.Count == logits.Count
                ? Of(source, features, logits)
                : throw FeatureFileErrors.WrongShape(location.Path, $"it has {features.Count} rows of features but {logits.Count} of logits");
        }

        if (location.Key is null && file.Contains("mu") && file.Contains("sigma"))
        {
            return Statistics(file, location.Path, source);
        }

        if (location.Key is null && file.Contains("arr_0"))
        {
            // A batch of images without statistics gets its own advice; an unnamed matrix is told how to be named.
            NpyHeader header = file.Header("arr_0");
            if (header.Shape.Count == 4)
            {
                NpyMatrixReader.Check(header, location.Path, "arr_0");
            }
        }

        throw FeatureFileErrors.NotFound(location.Path, $"'{wanted}'", file.Names);
    }

    /// <summary>One array of any kind, such as labels: a .npy file, <c>FILE.npz#key</c>, or a .npz of a single array.</summary>
    public static NpyArray ReadArray(string location)
    {
        FeatureLocation? parsed = FeatureLocation.TryParse(location);
        if (parsed is null || parsed.Format == FeatureFormat.Safetensors)
        {
            throw FeatureFileErrors.Unsupported(location, "an array is read from .npy or from .npz#key");
        }

        return FeatureFileErrors.Reading(parsed.Path, () =>
        {
            if (parsed.Format == FeatureFormat.Npy)
            {
                RefuseKey(parsed);
                using FileStream stream = File.OpenRead(parsed.Path);
                return NpyArray.Read(NpyHeader.Read(stream, parsed.Path, stream.Length), stream, parsed.Path);
            }

            using NpzFile file = NpzFile.Open(parsed.Path);
            string key = parsed.Key
                ?? (file.Names.Count == 1 ? file.Names.First() : throw FeatureFileErrors.NotFound(parsed.Path, "named: name one after '#'", file.Names));
            return file.Array(key);
        });
    }

    private static FeatureMatrix Matrix(NpzFile file, string path, string name) =>
        file.Read(name, (header, stream) => NpyMatrixReader.Read(header, stream, path, name));

    private static FeatureSet Statistics(NpzFile file, string path, string source)
    {
        NpyArray mu = file.Array("mu");
        NpyArray sigma = file.Array("sigma");
        FeatureMoments moments = MomentsCheck.Create(path, mu.ToDoubles(), mu.Shape, sigma.ToDoubles(), sigma.Shape, count: 0);
        return new FeatureSet { Source = source, Count = 0, Fingerprint = "", Moments = moments };
    }

    private static FeatureSet Of(string source, FeatureMatrix? features, FeatureMatrix? logits) => new()
    {
        Source = source,
        Count = features?.Count ?? logits!.Count,
        Fingerprint = "",
        Features = features,
        Logits = logits,
    };

    private static void RefuseKey(FeatureLocation location)
    {
        if (location.Key is not null)
        {
            throw FeatureFileErrors.Unsupported($"{location.Path}#{location.Key}", "a .npy file holds one array without a name", "Leave out what follows the '#'.");
        }
    }
}
