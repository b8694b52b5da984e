using System.Globalization;

namespace QualityGate.Samples.Generator;

/// <summary>Draws samples/quickstart anew. Files of the same name are overwritten, nothing is deleted.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 1)
        {
            Console.Error.WriteLine("Usage: dotnet run --project samples/generator -- FOLDER");
            return 2;
        }

        var entries = new List<ManifestEntry>();
        long bytes = 0;
        foreach (PlannedImage image in QuickstartPlan.Draw())
        {
            (Raster picture, Raster mask) = image.Scene.Draw();
            bytes += Write(args[0], image.File, picture);
            if (image.MaskFile is not null) bytes += Write(args[0], image.MaskFile, mask);
            entries.Add(Manifest.Describe(image, picture, mask));
        }

        File.WriteAllText(Path.Combine(args[0], Manifest.FileName), new Manifest(Manifest.CurrentSchema, entries).ToJson());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries.Count} images, {bytes / 1e6:0.00} MB with masks"));
        return 0;
    }

    private static int Write(string folder, string file, Raster image)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] png = PngWriter.Encode(image);
        File.WriteAllBytes(path, png);
        return png.Length;
    }
}
