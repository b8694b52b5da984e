using System.CommandLine;
using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate features extract|info|export|recipe</c>: feature files, and how models are fed.</summary>
internal static class FeaturesCommand
{
    private static readonly string[] Endings = [".safetensors", ".npy", ".npz"];

    public static Command Build() => new Command("features", "Make, look at and convert feature files.") { Extract(), Info(), Export(), Recipe() }.WithExamples(
        ("qualitygate features extract data/real -e random-vgg16 -o real.safetensors", "Compute once, compare often"),
        ("qualitygate features info real.safetensors", "What is in a file?"));

    private static Command Extract()
    {
        Argument<string> images = new("IMAGES") { Description = "A folder, glob, .zip or list file." };
        Option<string?> extractor = MeasureCommand.ExtractorOption();
        extractor.Required = true;
        Option<string> output = new("--output", "-o") { Required = true, Description = "The .safetensors file to write.", HelpName = "FILE" };
        Option<bool> skip = new("--skip-unreadable") { Description = "Leave out images that cannot be read, and list them." };
        Command command = new("extract", "Compute the features of images and write them to a file.") { images, extractor, output, skip };
        MaskingSettings.AddSingleTo(command);
        RunSettings run = RunSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            string target = parsed.GetRequiredValue(output);
            RequireEnding(target, ".safetensors");
            ExtractorRecipe recipe = ExtractorSource.Resolve(parsed.GetRequiredValue(extractor)!, Directory.GetCurrentDirectory());
            OnUnreadable policy = parsed.GetValue(skip) ? OnUnreadable.Skip : OnUnreadable.Error;
            using FeatureSource source = new(recipe, run.Bind(parsed), policy) { Masks = MaskingSettings.Bind(parsed) };
            ExtractionResult result = source.Load(parsed.GetRequiredValue(images), "candidate", "images", null, cancellation);
            FeatureFile.Write(target, result.Set, new FeatureFileInfo(PreprocessingText.Canonical(recipe.Preprocessing), ToolVersion.Text));
            foreach (UnreadableImage unreadable in result.Unreadable)
            {
                Console.Error.WriteLine(PlainText.OneLine($"warning: skipped {unreadable.Id}: {unreadable.Reason}"));
            }

            foreach (string note in result.Masks?.Notes("images") ?? [])
            {
                Console.Error.WriteLine(PlainText.OneLine($"note: {note}"));
            }

            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"wrote {target}: {result.Set.Count} images, {result.Set.Features?.Width ?? 0} features"));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate features extract data/real -e random-vgg16 -o real.safetensors", "The features of a folder of images"),
            ("qualitygate features extract data/real -e random-vgg16 --masks data/masks --mask-mode soft:0.3 -o real.safetensors", "With backgrounds darkened"),
            ("qualitygate features extract real.zip -e model.extractor.yaml -o real.safetensors --skip-unreadable", "By a recipe, leaving out what cannot be read"));
    }

    private static Command Recipe()
    {
        Argument<string> name = new("NAME") { Description = $"{ChoiceText.Or([.. NetworkRecipes.Names])}." };
        name.AcceptOnlyFromAmong([.. NetworkRecipes.Names]);
        Argument<string> model = new Argument<string>("MODEL") { Description = "The .onnx file that it is for, beside the recipe." }.CompletesFiles(".onnx");
        Command command = new("recipe", "Print how a well-known network is fed, for an ONNX file of your own; adjust the names of its outputs.") { name, model };
        command.SetAction(parsed =>
        {
            Console.Out.Write(NetworkRecipes.Write(parsed.GetRequiredValue(name), parsed.GetRequiredValue(model)));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate features recipe pytorch-fid inception.onnx > inception.extractor.yaml", "FID as pytorch-fid feeds it"),
            ("qualitygate features recipe clean-fid inception.onnx > clean.extractor.yaml", "The same network as clean-fid does"));
    }

    private static Command Info()
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "A feature file: .safetensors, .npy, .npz or FILE#key." }.CompletesFiles(Endings);
        Command command = new("info", "Say what a feature file holds.") { file };
        command.SetAction(parsed =>
        {
            FeatureSet set = FeatureFile.Read(parsed.GetRequiredValue(file));
            foreach ((string name, string value) in Describe(set))
            {
                Console.Out.WriteLine($"{name,-22}{value}");
            }

            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate features info real.safetensors", "How many images, how wide, by which extractor"),
            ("qualitygate features info stats.npz#reference", "An array of another name"));
    }

    private static Command Export()
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "A feature file." }.CompletesFiles(Endings);
        Option<string> output = new("--output", "-o")
        {
            Required = true,
            Description = ".npz (mu and sigma as pytorch-fid reads them, and the features), .npy (features) or .safetensors.",
            HelpName = "FILE",
        };
        Command command = new("export", "Convert a feature file for other tools.") { file, output };
        command.SetAction(parsed =>
        {
            FeatureSet set = FeatureFile.Read(parsed.GetRequiredValue(file));
            string target = parsed.GetRequiredValue(output);
            FeatureExportFile.Write(set, target);
            Console.Out.WriteLine($"wrote {target}");
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate features export real.safetensors -o real.npz", "Statistics as pytorch-fid reads them"));
    }

    private static IEnumerable<(string Name, string Value)> Describe(FeatureSet set)
    {
        string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
        yield return ("images", set.Count == 0 ? "unknown" : Number(set.Count));
        yield return ("features", Number(set.Features?.Width ?? set.Moments?.Width));
        yield return ("logits", Number(set.Logits?.Width));
        yield return ("statistics only", set.Features is null && set.Moments is not null ? "yes" : "no");
        yield return ("extractor", set.ExtractorName ?? "unknown");
        yield return ("extractor fingerprint", set.ExtractorFingerprint ?? "unknown");
        yield return ("set fingerprint", set.Fingerprint);
    }

    private static void RequireEnding(string path, string ending)
    {
        if (!path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserErrorException(
                DataErrors.FileSystem, $"--output is `{path}`, expected a name that ends in {ending}.", advice: "Other formats: qualitygate features export.");
        }
    }
}
