using System.CommandLine;
using System.Globalization;
using QualityGate.Anomaly.Training;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate train gan|embedding</c>: a small generator of one's own images, or features that tell one's own classes apart.</summary>
internal static class TrainCommand
{
    public static Command Build() => new Command("train", "Train small networks on your images, on ONNX Runtime alone.") { Gan(), TrainEmbeddingCommand.Build() }.WithExamples(
        ("qualitygate train gan data/real --output gan", "A generator of 28 x 28 gray images, and its discriminator"),
        ("qualitygate train embedding data/classes -e random-vgg16 --output embedding", "An extractor that tells classes apart, also ones it never saw"));

    private static Command Gan()
    {
        Argument<string> images = new("IMAGES") { Description = "A folder, glob, .zip or list file." };
        Option<string> output = new("--output", "-o") { Required = true, Description = "Folder for the networks, the history, samples and the checkpoint.", HelpName = "DIR" };
        Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint in the folder, if there is one." };
        Option<Verbosity> verbosity = Choice.Of(Verbosity.Normal, "How much is said on standard error; the first letter will do.", firstLetters: true, "--verbosity", "-v");
        Option<bool> noProgress = new("--no-progress") { Description = "No progress lines." };
        Command command = new("gan", "Train a DCGAN on images, with checkpoints and FID after each epoch.") { images, output };
        GanSettings settings = GanSettings.AddTo(command);
        command.Options.Add(resume);
        command.Options.Add(verbosity);
        command.Options.Add(noProgress);
        command.SetLongAction((parsed, cancellation) =>
        {
            string folder = parsed.GetRequiredValue(output);
            bool isQuiet = parsed.GetValue(verbosity) == Verbosity.Quiet || parsed.GetValue(noProgress);
            GanProgress progress = new(Console.Error, TerminalStyle.CanRedraw, isQuiet);
            GanTrainer trainer = new(settings.Bind(parsed), folder, ToolVersion.Text, progress);
            GanReport report = trainer.Run(parsed.GetRequiredValue(images), parsed.GetValue(resume), cancellation);
            Console.Out.WriteLine(PlainText.OneLine($"wrote {Path.Combine(folder, "generator.onnx")} and {Path.Combine(folder, "discriminator.onnx")}"));
            Console.Out.WriteLine($"  exported: {Describe(report.Exported)}");
            Console.Out.WriteLine($"  last:     {Describe(report.Last)}");
            return ExitCodes.Pass;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "trained"), (ExitCodes.Cancelled, "stopped; the checkpoint of the last whole epoch is kept, and --resume goes on"))
            .WithExamples(
                ("qualitygate train gan data/real --output gan", "Gray images of 28 x 28, 25 epochs"),
                ("qualitygate train gan data/tiles -o gan --size 64 --color rgb --epochs 100 --fid-every 5", "Larger ones in colour, FID seldom"),
                ("qualitygate train gan data/real -o gan --resume", "Go on after an interruption"));
    }

    private static string Describe(GanEpoch epoch)
    {
        string fid = epoch.Fid is { } value ? string.Create(CultureInfo.InvariantCulture, $"FID {value:0.####}") : "FID not measured";
        return string.Create(
            CultureInfo.InvariantCulture, $"epoch {epoch.Number}, {fid}, losses {epoch.DiscriminatorLoss:0.000} (discriminator) and {epoch.GeneratorLoss:0.000} (generator)");
    }

    /// <summary>The options that make <see cref="GanOptions"/>.</summary>
    private sealed class GanSettings
    {
        private static readonly GanOptions Preset = new();

        private readonly Option<int> _size = new("--size") { Description = "Height and width in pixels: 28, 32 or 64. Images of other sizes are resized.", DefaultValueFactory = _ => Preset.Size, HelpName = "N" };
        private readonly Option<string> _color = new("--color") { Description = "gray or rgb.", DefaultValueFactory = _ => "gray", HelpName = "MODE" };
        private readonly Option<int> _latent = RangeOption.Whole("--latent", "Numbers that an image is made of (1 to 1024).", Preset.Latent, 1, 1024);
        private readonly Option<LatentDistribution> _distribution = Choice.Of(Preset.Distribution, "How those are drawn.", firstLetters: false, "--distribution");
        private readonly Option<int> _width = RangeOption.Whole("--width", "Channels of the largest hidden planes (4 to 256).", Preset.Width, 4, 256);
        private readonly Option<int> _epochs = RangeOption.Whole("--epochs", "Passes over the images (1 to 100000).", Preset.Epochs, 1, 100_000);
        private readonly Option<int> _batch = RangeOption.Whole("--batch", "Images in a step (2 to 1024).", Preset.Batch, 2, 1024);
        private readonly Option<long> _seed = new("--seed") { Description = "Chooses the first weights, the order of images and the latent vectors.", DefaultValueFactory = _ => Preset.Seed, HelpName = "N" };
        private readonly Option<double> _rate = new("--learning-rate") { Description = "Adam's learning rate, above 0 and at most 1.", DefaultValueFactory = _ => Preset.LearningRate, HelpName = "X" };
        private readonly Option<int> _fid = RangeOption.Whole("--fid-every", "Measure FID after every N epochs and the last, and export the best epoch; 0 for never (0 to 100000).", Preset.FidEvery, 0, 100_000);
        private readonly Option<int?> _threads = new("--threads") { Description = "Threads (1 to 1024). Default: one a core.", HelpName = "N" };

        private GanSettings()
        {
            _size.AcceptOnlyFromAmong("28", "32", "64");
            _color.AcceptOnlyFromAmong("gray", "rgb");
            _rate.Validators.Add(result =>
            {
                if (result.TryGetValue(out double rate) && !(rate > 0 && rate <= 1)) result.AddError("--learning-rate is not above 0 and at most 1.");
            });
            _threads.Validators.Add(result =>
            {
                if (result.TryGetValue(out int? number) && number is < 1 or > 1024) result.AddError($"--threads is {number}, expected a whole number from 1 to 1024.");
            });
        }

        public static GanSettings AddTo(Command command)
        {
            GanSettings settings = new();
            foreach (Option option in new Option[]
            {
                settings._size, settings._color, settings._latent, settings._distribution, settings._width, settings._epochs,
                settings._batch, settings._seed, settings._rate, settings._fid, settings._threads,
            })
            {
                command.Options.Add(option);
            }

            return settings;
        }

        public GanOptions Bind(ParseResult parsed) => new()
        {
            Size = parsed.GetValue(_size),
            Color = parsed.GetValue(_color) == "rgb" ? ColorMode.Rgb : ColorMode.Gray,
            Latent = parsed.GetValue(_latent),
            Distribution = parsed.GetValue(_distribution),
            Width = parsed.GetValue(_width),
            Epochs = parsed.GetValue(_epochs),
            Batch = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed),
            LearningRate = parsed.GetValue(_rate),
            FidEvery = parsed.GetValue(_fid),
            Threads = parsed.GetValue(_threads) ?? 0,
        };
    }
}
