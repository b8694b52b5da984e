using QualityGate.Errors;

namespace QualityGate.Features.Files;

/// <summary>What a feature file of ours says about how it was made, beside the extractor.</summary>
/// <param name="Recipe">The extractor recipe as text, or null.</param>
/// <param name="ToolVersion">Version of the tool that wrote it, or null.</param>
public sealed record FeatureFileInfo(string? Recipe, string? ToolVersion);

/// <summary>
/// Files of features. Ours are safetensors of schema <c>qualitygate.features/1</c>: <c>features</c> [N, D] F32, optional
/// <c>logits</c> [N, C] F32, <c>hashes</c> [N, 32] U8 and <c>ids</c>. Foreign safetensors, .npy and .npz are read too.
/// </summary>
public static class FeatureFile
{
    /// <summary>Schema of the files this version writes.</summary>
    public const string Schema = "qualitygate.features/1";

    /// <summary>Whether a location names features (.safetensors, .npy, .npz, also with <c>#key</c>) and not images.</summary>
    public static bool IsFeatureLocation(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return FeatureLocation.TryParse(location) is not null;
    }

    /// <summary>
    /// Reads features, logits, or only the mean and covariance, from any of the formats. Float32 in row order is mapped and not
    /// loaded; every value is looked at once, for the fingerprint and to refuse NaN and infinity.
    /// </summary>
    /// <param name="location">A path, or <c>PATH#key</c> for another array than <c>features</c>.</param>
    /// <exception cref="UserErrorException">QG4101..QG4106: missing, damaged, unsupported, wrong shape, not finite.</exception>
    public static FeatureSet Read(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        FeatureLocation parsed = FeatureLocation.TryParse(location)
            ?? throw FeatureFileErrors.Unsupported(location, "its ending is none of .safetensors, .npy and .npz");
        FeatureSet set = FeatureFileErrors.Reading(parsed.Path, () => parsed.Format switch
        {
            FeatureFormat.Safetensors => FeatureTensors.Read(parsed, location),
            FeatureFormat.Npy => NumpyFeatures.ReadNpy(parsed, location),
            _ => NumpyFeatures.ReadNpz(parsed, location),
        });
        return Finish(set);
    }

    /// <summary>Reads what our own file says about its making; both parts are null for other files.</summary>
    /// <exception cref="UserErrorException">The file is missing or damaged.</exception>
    public static FeatureFileInfo ReadInfo(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FeatureLocation.TryParse(path)?.Format != FeatureFormat.Safetensors)
        {
            return new FeatureFileInfo(null, null);
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        return new FeatureFileInfo(file.Metadata(FeatureTensors.RecipeKey), file.Metadata(FeatureTensors.ToolVersionKey));
    }

    /// <summary>Writes a feature file of ours, row by row, under a temporary name that is then changed.</summary>
    /// <exception cref="UserErrorException">QG4107: it cannot be written. An older file of the name is then untouched.</exception>
    public static void Write(string path, FeatureSet set, FeatureFileInfo info)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(info);
        List<KeyValuePair<string, string>> metadata = FeatureTensors.Describe(set, Schema);
        FeatureTensors.AddIfKnown(metadata, FeatureTensors.RecipeKey, info.Recipe);
        FeatureTensors.AddIfKnown(metadata, FeatureTensors.ToolVersionKey, info.ToolVersion);
        FeatureFileErrors.Writing(path, () => FeatureTensors.Write(path, set, metadata, flushToDisk: false));
    }

    /// <summary>Checks that all values are numbers and gives the set its name.</summary>
    internal static FeatureSet Finish(FeatureSet set)
    {
        if (set.Features is not null)
        {
            FiniteCheck.Require(set.Features, set.Source, "features", set.Ids);
        }

        if (set.Logits is not null)
        {
            FiniteCheck.Require(set.Logits, set.Source, "logits", set.Ids);
        }

        return set with { Fingerprint = FeatureFingerprint.Of(set.Features, set.Logits, set.Moments) };
    }
}
