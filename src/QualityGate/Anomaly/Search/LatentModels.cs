using QualityGate.Errors;
using QualityGate.Onnx;

namespace QualityGate.Anomaly.Search;

/// <summary>Reads the networks of a search.</summary>
internal static class LatentModels
{
    /// <summary>Reads one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="location">Where it was named, or null.</param>
    /// <exception cref="UserErrorException">It is missing, is no ONNX model, or keeps constants in other files, which would be part of neither graph nor fingerprint.</exception>
    public static OnnxModel Load(string path, SourceLocation? location = null)
    {
        try
        {
            OnnxModel model = OnnxModel.Load(path);
            return model.ExternalDataLocations.Count == 0
                ? model
                : throw new UserErrorException(DataErrors.ExternalDataUnusable, $"{path} keeps constants in other files, which searches do not read.", location, "Save it as one .onnx file, without external data.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OnnxFormatException)
        {
            throw new UserErrorException(DataErrors.NotAnOnnxModel, $"{path}: {error.Message}", location, innerException: error);
        }
    }
}
