using System.Globalization;
using System.Runtime.InteropServices;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Bench;

/// <summary>Compares what every recipe feeds with arrays that tests/golden/fid_inputs.py wrote for the same photographs.</summary>
internal static class InputComparison
{
    public static void Run(string photographs, string arrays)
    {
        string[] photos = [.. Directory.GetFiles(photographs).Where(p => p.EndsWith(".JPEG", StringComparison.OrdinalIgnoreCase) || p.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(20)];
        foreach (string name in NetworkRecipes.Names)
        {
            string array = Path.Combine(arrays, name + ".npy");
            if (File.Exists(array)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} {photos.Length} photographs, largest difference {Worst(name, photos, array):E1}"));
        }
    }

    private static double Worst(string name, string[] photos, string array)
    {
        string folder = Directory.CreateTempSubdirectory("qualitygate-inputs-").FullName;
        File.WriteAllText(Path.Combine(folder, "m.onnx"), "");
        string recipe = Path.Combine(folder, "r.extractor.yaml");
        File.WriteAllText(recipe, NetworkRecipes.Write(name, "m.onnx"));
        var preprocessor = new ImagePreprocessor(RecipeReader.Read(recipe).Preprocessing);
        Directory.Delete(folder, recursive: true);
        byte[] file = File.ReadAllBytes(array);
        ReadOnlySpan<float> expected = MemoryMarshal.Cast<byte, float>(file.AsSpan(file.Length - (photos.Length * preprocessor.Length * sizeof(float))));
        float[] input = new float[preprocessor.Length];
        double worst = 0;
        for (int photo = 0; photo < photos.Length; photo++)
        {
            using DecodedImage image = ImageDecoder.Decode(File.ReadAllBytes(photos[photo]), photos[photo]);
            preprocessor.Apply(image, input);
            for (int i = 0; i < input.Length; i++) worst = Math.Max(worst, Math.Abs(input[i] - expected[(photo * input.Length) + i]));
        }

        return worst;
    }
}
