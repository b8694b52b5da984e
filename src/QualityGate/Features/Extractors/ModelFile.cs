using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>A file that a model keeps constants in.</summary>
/// <param name="Location">As the model writes it, relative to its folder.</param>
/// <param name="Path">Where it lies.</param>
internal readonly record struct ExternalFile(string Location, string Path);

/// <summary>A user's model file, read and checked to be one.</summary>
internal sealed class ModelFile
{
    private ModelFile(string path, string sha256, OnnxModel model, IReadOnlyList<ExternalFile> externalFiles)
    {
        Path = path;
        Sha256 = sha256;
        Model = model;
        ExternalFiles = externalFiles;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Hash of the file's bytes, <c>sha256:hex</c>.</summary>
    public string Sha256 { get; }

    /// <summary>What it holds.</summary>
    public OnnxModel Model { get; }

    /// <summary>The files it refers to, all present and inside its folder.</summary>
    public IReadOnlyList<ExternalFile> ExternalFiles { get; }

    /// <summary>Folder of the file.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";

    public static ModelFile Open(ExtractorRecipe recipe)
    {
        string path = recipe.ModelPath ?? throw new UserErrorException(
            DataErrors.UnusableExtractor, $"Extractor '{recipe.Name}' has neither a model file nor the parameters of a built-in.");
        if (!File.Exists(path)) throw new UserErrorException(DataErrors.ModelNotFound, $"The model file '{path}' of extractor '{recipe.Name}' does not exist.");
        try
        {
            string hash = HashFile(path);
            OnnxModel model = OnnxModel.Load(path);
            return new ModelFile(path, hash, model, FindExternalFiles(path, model));
        }
        catch (OnnxFormatException error)
        {
            throw new UserErrorException(DataErrors.NotAnOnnxModel, $"'{path}' cannot be used as a model. {error.Message}", innerException: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(DataErrors.ModelNotFound, $"The model file '{path}' cannot be read: {error.Message}", innerException: error);
        }
    }

    public static string HashFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static ExternalFile[] FindExternalFiles(string path, OnnxModel model)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "/";
        return model.ExternalDataLocations.Select(location => new ExternalFile(location, Resolve(path, folder, location))).ToArray();
    }

    private static string Resolve(string modelPath, string folder, string location)
    {
        bool escapes = location.Contains('\0') || System.IO.Path.IsPathRooted(location) || location.Split('/', '\\').Contains("..");
        if (escapes)
        {
            throw new UserErrorException(
                DataErrors.ExternalDataUnusable, $"'{modelPath}' wants to read '{location}', which does not lie inside the model's folder.");
        }

        string path = System.IO.Path.Combine(folder, location);
        if (File.Exists(path)) return path;
        throw new UserErrorException(DataErrors.ExternalDataUnusable, $"'{modelPath}' keeps constants in '{location}', which is not there.");
    }
}
