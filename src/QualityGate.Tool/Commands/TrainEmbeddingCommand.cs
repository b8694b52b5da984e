using System.CommandLine;
using System.Globalization;
using QualityGate.MetricLearning;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate train embedding</c>: features that tell one's own classes apart.</summary>
internal static class TrainEmbeddingCommand
{
    public static Command Build()
    {
        Argument<string> images = new("IMAGES") { Description = "A folder, glob, .zip or list file of images with classes; or their features, for a head alone." };
        Option<string?> extractor = MeasureCommand.ExtractorOption();
        Option<string> labels = new Option<string>("--labels")
        {
            Description = "The class of each image: `folders` (its first folder), a CSV file of path,label, or an array (FILE.npz#key, FILE.npy).",
            DefaultValueFactory = _ => "folders",
            HelpName = "LABELS",
        }.CompletesWords(() => ["folders"]).CompletesFiles();
        Option<string> output = new("--output", "--out", "-o") { Required = true, Description = "Folder for the extractor, the history, its curve and the checkpoint.", HelpName = "DIR" };
        Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint in the folder, if there is one." };
        Option<bool> skip = new("--skip-unreadable") { Description = "Leave out images that cannot be read, and list them." };
        Command command = new("embedding", "Train an embedding by proxy-anchor or multi-similarity: an extractor in which images of a class lie near each other.") { images, extractor, labels, output };
        EmbeddingSettings settings = EmbeddingSettings.AddTo(command);
        command.Options.Add(resume);
        command.Options.Add(skip);
        MaskingSettings.AddSingleTo(command);
        RunSettings run = RunSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            EmbeddingRequest request = new()
            {
                Images = parsed.GetRequiredValue(images),
                Labels = parsed.GetRequiredValue(labels),
                Extractor = parsed.GetValue(extractor) is { } name ? ExtractorSource.Resolve(name, Directory.GetCurrentDirectory()) : null,
                Masks = MaskingSettings.Bind(parsed),
                OnUnreadable = parsed.GetValue(skip) ? OnUnreadable.Skip : OnUnreadable.Error,
                Options = settings.Bind(parsed),
                Output = parsed.GetRequiredValue(output),
                Resumes = parsed.GetValue(resume),
            };
            EmbeddingProgress progress = new(Console.Error, TerminalStyle.CanRedraw, run.IsQuiet(parsed));
            GateRunOptions options = run.Bind(parsed);
            Say(new EmbeddingRun(options, progress).Train(request with { Options = request.Options with { Threads = options.Workers ?? 0 } }, cancellation));
            return ExitCodes.Pass;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "trained"), (ExitCodes.CannotJudge, "it cannot be trained"), (ExitCodes.Cancelled, "stopped; the checkpoint of the last whole epoch is kept, and --resume goes on"))
            .WithExamples(
                ("qualitygate train embedding data/classes -e random-vgg16 -o embedding", "A linear head by proxy-anchor; the first half of the classes trains, the rest tests"),
                ("qualitygate train embedding data/classes -e model.onnx --loss multi-similarity --head mlp --train-classes 60 -o embedding", "Another loss, a hidden layer, 60 classes train"),
                ("qualitygate train embedding data/classes -e model.onnx --masks data/masks --mask-mode soft:0.5 -o soft", "On masked images"),
                ("qualitygate train embedding data/classes -e small.onnx --head network --epochs 20 -o embedding --resume", "The network too; go on after an interruption"));
    }

    private static void Say(EmbeddingReport report)
    {
        Console.Out.WriteLine(PlainText.OneLine($"wrote {string.Join(" and ", report.Files)}"));
        if (report.Files.Count == 1) Console.Out.WriteLine("  a head: it takes features, not images; name the --extractor of the features to get one that takes images");
        Console.Out.WriteLine($"  {"",-28}recall@1    @2     @4     @8    MAP@R");
        Say("unseen classes", report, recall => recall.Test);
        if (report.Gain is { } gain)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    exported against features: {gain.Gained} queries gained at 1, {gain.Lost} lost, p {gain.P:0.####}"));
        }

        Say("held-back images", report, recall => recall.Validation);
    }

    private static void Say(string set, EmbeddingReport report, Func<EmbeddingRecall, RecallNumbers?> part)
    {
        if (part(report.Raw) is not { } raw)
        {
            Console.Out.WriteLine($"  {set}: none to measure recall on");
            return;
        }

        Console.Out.WriteLine($"  {set}");
        Say("features as they are", raw);
        Say("untrained head", part(report.Untrained.Recall!));
        Say(string.Create(CultureInfo.InvariantCulture, $"exported: epoch {report.Exported.Number}"), report.Exported.Recall is { } exported ? part(exported) : null);
        Say(string.Create(CultureInfo.InvariantCulture, $"last: epoch {report.Last.Number}"), report.Last.Recall is { } last ? part(last) : null);
    }

    private static void Say(string name, RecallNumbers? recall)
    {
        string numbers = recall is null ? "not measured" : string.Join(' ', recall.All.Select(r => r.Value).Append(recall.MeanPrecision).Select(v => v.ToString("0.0000", CultureInfo.InvariantCulture)));
        Console.Out.WriteLine($"    {name,-26}{numbers}");
    }
}
