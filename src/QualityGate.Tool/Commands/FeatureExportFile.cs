using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Tool.Commands;

/// <summary>Writes a set in the format that a file's ending names.</summary>
internal static class FeatureExportFile
{
    /// <summary>Writes <paramref name="set"/> to <paramref name="path"/>.</summary>
    public static void Write(FeatureSet set, string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npz":
                FeatureExport.WriteNpz(path, set with { Moments = set.Moments ?? MomentsOf(set) });
                break;
            case ".npy":
                FeatureExport.WriteNpy(path, set.Features ?? throw NoFeatures(set));
                break;
            case ".safetensors":
                FeatureFile.Write(path, set, new FeatureFileInfo(null, ToolVersion.Text));
                break;
            default:
                throw new UserErrorException(DataErrors.FileSystem, $"--output is `{path}`, expected a name that ends in .npz, .npy or .safetensors.");
        }
    }

    private static FeatureMoments MomentsOf(FeatureSet set)
    {
        if (set.Features is null || set.Count < 2)
        {
            throw NoFeatures(set);
        }

        using MatrixEngine engine = new();
        MetricInputs inputs = new(set, set, engine);
        return new FeatureMoments(inputs.MeanOf(set), inputs.CovarianceOf(set, CancellationToken.None), set.Count);
    }

    private static UserErrorException NoFeatures(FeatureSet set) =>
        new(DataErrors.MetricUnavailable, $"{set.Source} holds no features of two or more images.");
}
