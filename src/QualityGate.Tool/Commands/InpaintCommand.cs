using System.CommandLine;
using System.Globalization;
using QualityGate.Anomaly.Inpainting;
using QualityGate.Anomaly.Search;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate inpaint</c>: what a generator thinks belongs into holes of images.</summary>
internal static class InpaintCommand
{
    public static Command Build()
    {
        Argument<string> images = new("IMAGES") { Description = "The images: a folder, a glob, a .zip or a list file." };
        Option<string> masks = new("--masks") { Required = true, Description = "Folder of masks under the same relative paths, any image ending; white is missing.", HelpName = "DIR" };
        Option<string> generator = new Option<string>("--generator") { Required = true, Description = "The generator, a .onnx file.", HelpName = "FILE" }.CompletesFiles(".onnx");
        Option<string> recipe = new Option<string>("--recipe") { Required = true, Description = "Recipe of the discriminator (train gan writes it): its model, and how images become what the generator makes.", HelpName = "FILE" }.CompletesFiles(".extractor.yaml");
        Option<string> output = new("--output", "-o") { Description = "Folder for the filled images and sheet.png.", DefaultValueFactory = _ => "inpainted", HelpName = "DIR" };
        Option<int> steps = new("--steps") { Description = "Steps of the search.", DefaultValueFactory = _ => 1500, HelpName = "N" };
        Option<int> restarts = new("--restarts") { Description = "Searches side by side, of which the best counts.", DefaultValueFactory = _ => 8, HelpName = "N" };
        Option<long> seed = new("--seed") { Description = "Chooses other beginnings.", DefaultValueFactory = _ => 0, HelpName = "N" };
        Option<double> prior = new("--prior") { Description = "How much it counts that the discriminator believes the image.", DefaultValueFactory = _ => 0.003, HelpName = "X" };
        Option<Blending> blend = Choice.Of(Blending.Poisson, "How the hole is filled: with gradients (poisson), fading (alpha), or as generated (none).", firstLetters: false, "--blend");
        RequireAtLeast(steps, 1, 1_000_000);
        RequireAtLeast(restarts, 1, 256);
        Command command = new("inpaint", "Fill holes of images with what a generator makes there.") { images, masks, generator, recipe, output, steps, restarts, seed, prior, blend };
        command.SetLongAction((parsed, cancellation) =>
        {
            ExtractorRecipe read = ExtractorSource.Resolve(parsed.GetRequiredValue(recipe), Directory.GetCurrentDirectory());
            var options = new InpaintingOptions
            {
                Search = new LatentSearchOptions { Steps = parsed.GetValue(steps), Restarts = parsed.GetValue(restarts), Seed = parsed.GetValue(seed), LearningRate = 0.02 },
                PriorWeight = parsed.GetValue(prior),
                Blending = parsed.GetValue(blend),
            };
            InpaintingRun.Fill(
                parsed.GetRequiredValue(images), parsed.GetRequiredValue(masks), parsed.GetRequiredValue(generator), read, parsed.GetRequiredValue(output), options, Say, cancellation);
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate inpaint broken --masks holes --generator gan/generator.onnx --recipe gan/discriminator.extractor.yaml", "Every image of a folder that has a mask"));
    }

    private static void Say(InpaintedFile file) => Console.Out.WriteLine(PlainText.OneLine(string.Create(
        CultureInfo.InvariantCulture, $"{file.File}: {file.Holes} pixels filled; difference around the hole {file.Contextual:G4}, doubt of the discriminator {file.Prior:G3}")));

    private static void RequireAtLeast(Option<int> option, int smallest, int largest) => option.Validators.Add(result =>
    {
        if (result.TryGetValue(out int value) && (value < smallest || value > largest))
        {
            result.AddError($"{option.Name} is {value}, expected a whole number from {smallest} to {largest}.");
        }
    });
}
