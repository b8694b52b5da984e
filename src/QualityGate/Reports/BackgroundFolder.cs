using QualityGate.Backgrounds;
using QualityGate.Features.Files;

namespace QualityGate.Reports;

/// <summary>An audit of backgrounds as a folder: JSON, markdown, charts and a sheet of examples.</summary>
public static class BackgroundFolder
{
    /// <summary>Name of the JSON file.</summary>
    public const string JsonFile = "background.json";

    /// <summary>Writes the folder, each file whole or not at all; what an earlier audit left and this one does not have is removed.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="tool">Which tool says so.</param>
    /// <exception cref="Errors.UserErrorException">It cannot be written.</exception>
    public static void Write(string folder, BackgroundFindings findings, ToolInfo tool)
    {
        ArgumentNullException.ThrowIfNull(findings);

        // Everything is made before anything is written: a picture that cannot be read must not leave half of a new folder.
        ExtractorBackgrounds first = findings.Extractors[0];
        string json = BackgroundJson.Write(findings, tool), markdown = string.Join('\n', BackgroundMarkdown.Lines(findings)) + "\n";
        string recall = BackgroundCharts.RecallSvg(first.Report, first.Name), classes = BackgroundCharts.ClassSvg(first.Report, first.Name);
        byte[]? sheet = Sheet(findings);
        FeatureFileErrors.Writing(folder, () =>
        {
            AtomicFile.WriteText(Path.Combine(folder, JsonFile), json);
            AtomicFile.WriteText(Path.Combine(folder, "background.md"), markdown);
            AtomicFile.WriteText(Path.Combine(folder, "recall.svg"), recall);
            AtomicFile.WriteText(Path.Combine(folder, "classes.svg"), classes);
            string picture = Path.Combine(folder, "examples.png");
            if (sheet is null) File.Delete(picture);
            else AtomicFile.WriteBytes(picture, sheet);
        });
    }

    private static byte[]? Sheet(BackgroundFindings findings)
    {
        using IExamplePictures? pictures = findings.Pictures?.Invoke();
        return pictures is null ? null : BackgroundSheet.Draw(findings, pictures)?.ToPng();
    }
}
