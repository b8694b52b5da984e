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

/// <summary><c>qualitygate models list|add|import|verify|remove</c>: networks by name.</summary>
internal static class ModelsCommand
{
    public static Command Build() => new Command("models", "Keep networks in a store, to name them as extractors.") { List(), ModelsAddCommand.Build(), Import(), Verify(), Remove() }.WithExamples(
        ("qualitygate models list", "What can be added, and what is here"),
        ("qualitygate models add inception-v3-fid", "Fetch the weights of the usual FID network and make a model of them"),
        ("qualitygate models import my.onnx --name my-network --recipe my.extractor.yaml", "A network of your own"));

    /// <summary>The user's store.</summary>
    public static ModelStore Store() => new(StorePlaces.OfUser());

    private static Command List()
    {
        Option<string> format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command command = new("list", "Say which models can be added and which are here: size, licence, and what to write for extractor.") { format };
        command.SetAction(parsed =>
        {
            StandardOutput.WriteText(parsed.GetValue(format) == "json" ? ModelList.Json(Store()) : ModelList.Text(Store()));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate models list", "For people"),
            ("qualitygate models list --format json", "For programs"));
    }

    private static Command Import()
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "The .onnx file. Files with its constants are copied too." }.CompletesFiles(".onnx");
        Option<string> name = new("--name") { Required = true, Description = "What to call it: a-z, 0-9, ., _ and -.", HelpName = "NAME" };
        Option<string> recipe = new Option<string>("--recipe")
        {
            Required = true,
            Description = $"A .extractor.yaml file, or {ChoiceText.Or([.. NetworkRecipes.Names])}.",
            HelpName = "RECIPE",
        }.CompletesWords(() => NetworkRecipes.Names).CompletesFiles(".extractor.yaml");
        Command command = new("import", "Copy an ONNX file of your own into the store, and run it once on an image of noise.") { file, name, recipe };
        command.SetLongAction((parsed, cancellation) =>
        {
            ModelStore store = Store();
            string wanted = parsed.GetRequiredValue(name);
            ModelImport.RequireFree(wanted);
            store.Sweep();
            using StoreLock held = Lock(store, wanted, cancellation);
            AddedModel added = new ModelImport(store, TimeProvider.System, ToolVersion.Text)
                .Import(parsed.GetRequiredValue(file), parsed.GetRequiredValue(recipe), held, cancellation);
            Console.Out.Write(ModelText.Of(added, store));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate models import my.onnx --name my-network --recipe my.extractor.yaml", "Fed as a recipe says"),
            ("qualitygate models import vgg.onnx --name my-vgg --recipe vgg16", "Fed as a well-known network; its outputs are then called features and logits"));
    }

    private static Command Verify()
    {
        Argument<string?> name = StoredName("One model. Default: all.");
        name.Arity = ArgumentArity.ZeroOrOne;
        Command command = new("verify", "Hash every file of stored models anew and compare with what was written.") { name };
        command.SetLongAction((parsed, cancellation) =>
        {
            ModelStore store = Store();
            string[] names = parsed.GetValue(name) is { } one ? [one] : [.. store.List().Select(m => m.Name)];
            Problem[] problems = [.. names.SelectMany(n => ProblemsOf(store, n, cancellation))];
            if (names.Length == 0)
            {
                Console.Out.WriteLine(PlainText.OneLine($"there are no models in {store.Places.Models}"));
            }

            return problems.Length == 0 ? ExitCodes.Pass : throw UserErrorException.ForProblems(problems);
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "every file is as it was written"), (ExitCodes.CannotJudge, "one is damaged or missing; its message says what to do"))
            .WithExamples(("qualitygate models verify", "All models"), ("qualitygate models verify inception-v3-fid", "One"));
    }

    private static Command Remove()
    {
        Argument<string?> name = StoredName("The model.");
        Command command = new("remove", "Delete a model from the store, and what is left of an unfinished download.") { name };
        command.SetLongAction((parsed, cancellation) =>
        {
            ModelStore store = Store();
            string wanted = parsed.GetRequiredValue(name)!;
            using StoreLock? held = StorePlaces.IsName(wanted) ? Lock(store, wanted, cancellation) : null;
            string downloads = held is null ? string.Empty : ModelAdder.DownloadsOf(store.Places, wanted);
            bool unfinished = Directory.Exists(downloads);
            if (unfinished)
            {
                Directory.Delete(downloads, recursive: true);
            }

            if (held is not null && (store.Contains(wanted) || !unfinished))
            {
                store.Remove(held);
            }
            else if (held is null)
            {
                store.Read(wanted);
            }

            store.Sweep();
            Console.Out.WriteLine($"removed {wanted}");
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate models remove inception-v3-fid", "Free its room on the disk"));
    }

    private static StoreLock Lock(ModelStore store, string name, CancellationToken cancellation) =>
        StoreLock.Take(store.Places, name, () => Console.Error.WriteLine($"another process is busy with {name}; waiting for it"), cancellation);

    private static Argument<string?> StoredName(string description) =>
        new Argument<string?>("NAME") { Description = description }.CompletesWords(() => Store().List().Select(m => m.Name));

    private static IEnumerable<Problem> ProblemsOf(ModelStore store, string name, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<string> damage = store.DamageOf(name, cancellation);
            if (damage.Count == 0)
            {
                Console.Out.WriteLine($"{name}: all {store.Read(name).Files.Count} files are as they were written");
            }

            string again = KnownModels.Find(name) is null ? $"`qualitygate models remove {name}` and import it again" : $"`qualitygate models add {name}` makes it anew";
            return damage.Select(d => new Problem(ModelErrors.Damaged, PlainText.OneLine($"{name}: {d}; {again}"), null));
        }
        catch (UserErrorException exception)
        {
            return exception.Problems;
        }
    }
}
