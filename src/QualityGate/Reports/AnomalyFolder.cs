using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Anomaly;
using QualityGate.Anomaly.Pictures;
using QualityGate.Features.Files;

namespace QualityGate.Reports;

/// <summary>Everything about anomaly scores that a result has no room for: a folder of tables and pictures.</summary>
public static class AnomalyFolder
{
    private const int MostMaps = 50;
    private const string Maps = "maps";

    /// <summary>Writes the folder, each file whole or not at all; heat maps of an earlier run are removed.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="measured">What was measured.</param>
    /// <exception cref="Errors.UserErrorException">It cannot be written.</exception>
    public static void Write(string folder, AnomalyMeasurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        FeatureFileErrors.Writing(folder, () =>
        {
            AnomalyReport report = measured.Report;
            AtomicFile.WriteText(Path.Combine(folder, "anomaly.json"), Json(report));
            AtomicFile.WriteText(Path.Combine(folder, "anomaly.md"), string.Join('\n', AnomalyMarkdown.Lines(report)) + "\n");
            AtomicFile.WriteText(Path.Combine(folder, "histogram.svg"), AnomalyCharts.HistogramSvg(report.Histogram, "Anomaly scores"));
            if (report.Detection is { } detection) AtomicFile.WriteText(Path.Combine(folder, "roc.svg"), AnomalyCharts.RocSvg(detection, "Anomalous against normal images"));
            else File.Delete(Path.Combine(folder, "roc.svg"));
            AnomalyCsv.Write(Path.Combine(folder, "images.csv"), report);
            Pictures(folder, report, measured.Triplets, measured.Maps);
        });
    }

    private static string Json(AnomalyReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", "qualitygate.anomaly/1");
            AnomalyJson.Write(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    // Names of images are not names of files here: maps are numbered by rank, and images.csv says which is which.
    private static void Pictures(string folder, AnomalyReport report, Func<int, Triplet> triplets, ResidualMaps maps)
    {
        ResidualScale scale = ResidualScale.Over(maps, report.Images.Count);
        AtomicFile.WriteBytes(Path.Combine(folder, "sheet.png"), TripletSheet.Draw(report, triplets, scale).ToPng());
        string mapFolder = Path.Combine(folder, Maps);
        if (Directory.Exists(mapFolder))
        {
            foreach (string old in Directory.GetFiles(mapFolder, "*.png")) File.Delete(old);
        }

        int rank = 0;
        foreach (int image in TripletSheet.Order(report, MostMaps))
        {
            string name = (++rank).ToString("0000", CultureInfo.InvariantCulture);
            float[] map = maps.At(image);
            AtomicFile.WriteBytes(Path.Combine(mapFolder, name + "-heat.png"), ResidualPicture.Heat(map, maps.Height, maps.Width, scale).ToPng());
            if (report.Pixels is { } pixels)
                AtomicFile.WriteBytes(Path.Combine(mapFolder, name + "-segmentation.png"), ResidualPicture.Segmentation(map, maps.Height, maps.Width, pixels.Threshold));
        }
    }
}
