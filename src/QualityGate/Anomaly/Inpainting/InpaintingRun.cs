using QualityGate.Anomaly.Pictures;
using QualityGate.Anomaly.Search;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Inpainting;

/// <summary>What <see cref="InpaintingRun"/> wrote of one image.</summary>
/// <param name="Id">The image's relative path.</param>
/// <param name="File">Where its filled form is.</param>
/// <param name="Holes">Missing pixels.</param>
/// <param name="Contextual">Weighted difference around the hole.</param>
/// <param name="Prior">How little the discriminator believes what was generated.</param>
public sealed record InpaintedFile(string Id, string File, int Holes, float Contextual, float Prior);

/// <summary>Fills the holes of a set of images and writes each, with a sheet of all, into a folder.</summary>
public static class InpaintingRun
{
    private const int MostRows = 100;
    private const string Sheet = "sheet.png";

    /// <summary>Fills every image that has a mask.</summary>
    /// <param name="location">The images.</param>
    /// <param name="masks">Folder of masks under the same relative paths; white is missing.</param>
    /// <param name="generator">The generator.</param>
    /// <param name="recipe">The discriminator, and how images become what the generator makes.</param>
    /// <param name="output">Folder for the results.</param>
    /// <param name="options">Choices.</param>
    /// <param name="done">Hears of each image.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="UserErrorException">Images, masks or networks cannot be used, or no image has a mask.</exception>
    public static IReadOnlyList<InpaintedFile> Fill(
        string location, string masks, string generator, ExtractorRecipe recipe, string output, InpaintingOptions options, Action<InpaintedFile>? done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        PreprocessingRecipe input = recipe.Preprocessing;
        using Inpainter inpainter = new(LatentModels.Load(generator), LatentModels.Load(recipe.ModelPath ?? throw NoModel(recipe)), input.Height, input.Width, options);
        var pictures = new NetworkPictures(input);
        using AnomalyMaskFolder folder = new(masks, input);
        using ImageSet images = ImageSet.Open(location);
        RequireOwnFiles(images, location, masks, output);
        List<InpaintedFile> files = [];
        List<(IReadOnlyList<PlainPicture> Pictures, string Caption)> rows = [];
        for (int i = 0; i < images.Count; i++)
        {
            if (folder.Of(images.Ids[i]) is not { } hole) continue;
            float[] values = pictures.Read(images, i);
            Inpainted found = inpainter.Fill(values, hole, cancellation);
            string path = Path.Combine(output, TargetOf(images.Ids[i]));
            Write(path, pictures.Show(found.Blended).ToPng());
            files.Add(new InpaintedFile(images.Ids[i], path, hole.Count(missing => missing), found.Contextual, found.Prior));
            done?.Invoke(files[^1]);
            if (rows.Count < MostRows) rows.Add(Row(pictures, values, hole, found, images.Ids[i]));
        }

        if (files.Count == 0) throw new UserErrorException(DataErrors.NoMasks, $"None of the {images.Count} images of {location} has a mask in {masks}.");
        Write(Path.Combine(output, Sheet), PictureRows.Draw(["MASKED", "GENERATED", "FILLED", "IMAGE"], rows).ToPng());
        return files;
    }

    private static string TargetOf(string id) => Path.ChangeExtension(id, ".png");

    /// <summary>Nothing that is read, and nothing that was just written, is overwritten.</summary>
    private static void RequireOwnFiles(ImageSet images, string location, string masks, string output)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        foreach (string source in new[] { location, masks }.Where(Directory.Exists))
        {
            if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)) == target)
                throw new UserErrorException(DataErrors.FileSystem, $"The output folder {output} is also where images or masks are read.", advice: "Name another folder with --output.");
        }

        HashSet<string> targets = new(StringComparer.OrdinalIgnoreCase) { Sheet };
        if (images.Ids.FirstOrDefault(id => !targets.Add(TargetOf(id))) is { } twice)
            throw new UserErrorException(DataErrors.FileSystem, $"Two results would be called {TargetOf(twice)} in {output}.", advice: "Rename one of the images, or fill them in two runs.");
    }

    private static UserErrorException NoModel(ExtractorRecipe recipe) => new(DataErrors.LatentSearchImpossible, $"The recipe `{recipe.Name}` names no model; give the discriminator's.");

    private static (IReadOnlyList<PlainPicture> Pictures, string Caption) Row(NetworkPictures pictures, float[] values, bool[] hole, Inpainted found, string id)
    {
        float[] masked = [.. values.Select((value, i) => hole[i % hole.Length] ? pictures.Gray : value)];
        return ([pictures.Show(masked), pictures.Show(found.Generated), pictures.Show(found.Blended), pictures.Show(values)], id);
    }

    private static void Write(string path, byte[] bytes) => FeatureFileErrors.Writing(path, () => AtomicFile.WriteBytes(path, bytes));
}
