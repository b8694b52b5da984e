using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Features.Models;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;
using QualityGate.Tool.Models;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate models add</c>: the weights of a well-known network, made into a model.</summary>
internal static class ModelsAddCommand
{
    /// <summary>Variable of the environment that names a mirror.</summary>
    public const string MirrorVariable = "QUALITYGATE_MODEL_MIRROR";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Command Build()
    {
        Argument<string> name = new Argument<string>("NAME") { Description = $"{ChoiceText.Or([.. DownloadableModels.Names])}." }.CompletesWords(() => DownloadableModels.Names);
        Option<string?> from = new Option<string?>("--from") { Description = "Use weights that are here already, instead of the network.", HelpName = "FILE" }.CompletesFiles(".pth", ".safetensors");
        Option<string?> mirror = new("--mirror") { Description = $"Folder of a mirror, which has the weights under the names that models list shows. Default: {MirrorVariable}, else their publisher.", HelpName = "URL" };
        Option<string?> sha256 = new("--sha256") { Description = "Hash that the weights must have. Without, those of which no hash is published are taken as they come, and their hash is shown.", HelpName = "HEX" };
        Option<bool> offline = new("--offline") { Description = "Never use the network: fail unless the model is here, or --from is given." };
        Option<ModelPrecision> precision = Choice.Of(ModelPrecision.Fp32, "fp32 as published, fp16 for GPUs, or int8 for matrix products on processors. Each is a model of its own, NAME-fp16 or NAME-int8.", firstLetters: false, "--precision");
        Option<bool> quiet = new("--no-progress") { Description = "No progress lines." };
        Command command = new("add", "Fetch the weights of a well-known network, make a model of them, and run it once.") { name, from, mirror, sha256, offline, precision, quiet };
        command.SetLongAction((parsed, cancellation) =>
        {
            KnownModel model = Known(parsed.GetRequiredValue(name)).At(parsed.GetValue(precision));
            AddRequest request = new(parsed.GetValue(from), Mirror(parsed.GetValue(mirror)), Hash(parsed.GetValue(sha256)), parsed.GetValue(offline));
            AddedModel added = AddAsync(model, request, parsed.GetValue(quiet), cancellation).GetAwaiter().GetResult();
            if (model.Sha256OrPrefix.Length == 0 && request.Sha256 is null && added.Check is not null)
            {
                Note($"nobody publishes the hash of {model.FileName}: it is pinned to what came this time. Elsewhere: --sha256 {added.Entry.Source.Sha256}");
            }

            Console.Out.Write(ModelText.Of(added, ModelsCommand.Store()));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate models add inception-v3-fid", "The network of the usual FID"),
            ("qualitygate models add inception-v3-fid --from pt_inception-2015-12-05-6726825d.pth", "Without a network"),
            ("qualitygate models add dinov2-vits14 --precision int8", "A faster variant, with its error measured; stored as dinov2-vits14-int8"),
            ("qualitygate models add dinov2-vits14 --mirror https://mirror.example/models", "From a mirror of your own"));
    }

    private static async Task<AddedModel> AddAsync(KnownModel model, AddRequest request, bool isQuiet, CancellationToken cancellation)
    {
        using WebClient client = new(Patience);
        ByteProgress progress = new(Console.Error, model.Name, TerminalStyle.CanRedraw, isQuiet);
        ModelDownload download = new(client, TimeProvider.System, progress, Note);
        return await new ModelAdder(ModelsCommand.Store(), download, TimeProvider.System, Note).AddAsync(model, request, cancellation);
    }

    private static KnownModel Known(string name) => KnownModels.Find(name) ?? throw new UserErrorException(
        ModelErrors.UnknownModel, PlainText.OneLine($"there is no model `{name}` to add{NearestName.Suggest(name, DownloadableModels.Names)}"));

    private static Uri? Mirror(string? option) => (option, Environment.GetEnvironmentVariable(MirrorVariable)) switch
    {
        ({ } text, _) => WebAddress.Mirror(text, "--mirror"),
        (null, { Length: > 0 } text) => WebAddress.Mirror(text, MirrorVariable),
        _ => null,
    };

    private static string? Hash(string? option) => option is null ? null : WeightsHash.Parse(option)
        ?? throw new UserErrorException(ModelErrors.WrongHash, "--sha256 is no SHA-256: 64 hexadecimal digits.", advice: "`sha256sum FILE` prints one.");

    private static void Note(string text) => Console.Error.WriteLine(PlainText.OneLine(text));
}
