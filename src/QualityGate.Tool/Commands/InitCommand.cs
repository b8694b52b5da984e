using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Specs;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate init</c>: a commented spec for the folder one stands in.</summary>
internal static class InitCommand
{
    private static readonly string[] ReferenceGuesses = ["data/real", "data/reference", "reference", "real", "data/train"];
    private static readonly string[] CandidateGuesses = ["out/samples", "samples", "candidate", "generated", "fake", "data/fake", "data/generated", "data/synthetic"];

    public static Command Build()
    {
        Option<bool> force = new("--force") { Description = "Overwrite a spec that is there." };
        Command command = new("init", $"Write a commented {CheckCommand.DefaultSpec} for this folder.") { force };
        command.SetAction(parsed => Run(parsed.GetValue(force)));
        return command.WithExamples(
            ("qualitygate init", "Write qualitygate.yaml, with the folders of images that are found here"),
            ("qualitygate init --force", "Begin again"));
    }

    private static int Run(bool force)
    {
        if (File.Exists(CheckCommand.DefaultSpec) && !force)
        {
            throw new UserErrorException(
                DataErrors.FileSystem, $"{CheckCommand.DefaultSpec} is already here.", advice: "Edit it, or overwrite it with --force.");
        }

        string? reference = Array.Find(ReferenceGuesses, Directory.Exists);
        string? candidate = Array.Find(CandidateGuesses, Directory.Exists);
        AtomicFile.WriteText(CheckCommand.DefaultSpec, SpecTemplate.Write(reference, candidate));
        Console.Out.WriteLine($"wrote {CheckCommand.DefaultSpec} (reference: {reference ?? "to be set"}, candidate: {candidate ?? "to be set"})");
        Console.Out.WriteLine("next: qualitygate check");
        return ExitCodes.Pass;
    }
}
