using System.Globalization;

namespace QualityGate.Samples.Generator;

/// <summary>Draws samples/quickstart anew. Files of the same name are overwritten, nothing is deleted.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["anomaly", string folder]) return DrawButtons(folder);
        if (args is ["background", string linked]) return DrawLinked(linked);
        if (args.Length != 1)
        {
            Console.Error.WriteLine("Usage: dotnet run --project samples/generator -- FOLDER");
            Console.Error.WriteLine("       dotnet run --project samples/generator -- anomaly FOLDER");
            Console.Error.WriteLine("       dotnet run --project samples/generator -- background FOLDER");
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

    /// <summary>Draws samples/anomaly anew, and the images that its networks were trained on into FOLDER/train.</summary>
    private static int DrawButtons(string folder)
    {
        DrawButtons(folder, "train", 2000, ButtonFlaw.None);
        DrawButtons(folder, "reference", 100, ButtonFlaw.None);
        DrawButtons(folder, "candidate/good", 60, ButtonFlaw.None);
        DrawButtons(folder, "candidate/scratch", 20, ButtonFlaw.Scratch);
        DrawButtons(folder, "candidate/stain", 20, ButtonFlaw.Stain);
        DrawButtons(folder, "candidate/missing-hole", 20, ButtonFlaw.MissingHole);
        return 0;
    }

    private static void DrawButtons(string folder, string set, int count, ButtonFlaw flaw)
    {
        for (int i = 0; i < count; i++)
        {
            string file = string.Create(CultureInfo.InvariantCulture, $"{set}/{i:0000}.png");
            (Raster picture, Raster mask) = Buttons.Draw(file, flaw);
            Write(folder, file, picture);
            if (flaw != ButtonFlaw.None) Write(folder, file.Replace("candidate/", "masks/", StringComparison.Ordinal), mask);
        }
    }

    /// <summary>Draws samples/background anew.</summary>
    private static int DrawLinked(string folder)
    {
        long bytes = 0;
        foreach (LinkedImage image in LinkedPlan.Draw())
        {
            (Raster picture, Raster mask) = image.Scene.Draw();
            bytes += Write(folder, image.File, picture) + Write(folder, image.MaskFile, mask);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{LinkedPlan.Draw().Count} images, {bytes / 1e6:0.00} MB with masks"));
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
