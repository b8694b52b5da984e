using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.GitHub;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline pull</c>: a baseline that an earlier run uploaded.</summary>
internal static class BaselinePullCommand
{
    /// <summary>The artifact that the action uploads.</summary>
    private const string UsualArtifact = "qualitygate-baseline";

    public static Command Build()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<string> from = new("--from") { Description = "Where from: github, the artifacts of earlier runs.", DefaultValueFactory = _ => "github" };
        from.AcceptOnlyFromAmong("github");
        Option<string> artifact = new("--artifact") { Description = "Name of the artifact.", DefaultValueFactory = _ => UsualArtifact, HelpName = "NAME" };
        Option<string?> workflow = new("--workflow") { Description = "Only runs of this workflow, such as quality.yml. Default: all.", HelpName = "FILE" };
        Option<string[]> branches = new("--branch")
        {
            Description = "A branch to look at, in this order; may be given several times. Default: this branch, the base branch, the default branch.",
            HelpName = "NAME",
        };
        Option<bool> optional = new("--optional") { Description = "Answer 0 when there is none: on_missing_baseline in the spec then decides what check does." };
        Command command = new("pull", "Bring back the baseline that the newest run on this branch or the base branch uploaded. Needs GITHUB_TOKEN.") { spec, from, artifact, workflow, branches, optional };
        command.SetLongAction((parsed, cancellation) =>
        {
            try
            {
                GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
                WantedBaseline wanted = new(
                    BaselineCommand.PathOf(read), BaselineLock.PathFor(read.File), parsed.GetRequiredValue(artifact), parsed.GetValue(workflow), parsed.GetValue(branches) ?? []);
                Console.Out.WriteLine(new BaselinePull(Environment.GetEnvironmentVariable, Console.Error).Run(wanted, cancellation));
            }
            catch (UserErrorException failure) when (parsed.GetValue(optional) && failure.Code == BaselineErrors.NotNamed)
            {
                // A spec without changes to hold needs none.
                Console.Error.WriteLine($"no baseline was pulled: {PlainText.OneLine(failure.Message)}");
            }
            catch (UserErrorException failure) when (parsed.GetValue(optional))
            {
                Console.Error.WriteLine($"warning {failure.Code.Id}: no baseline was pulled: {PlainText.OneLine(failure.Message)}");
                Console.Error.WriteLine($"  {PlainText.OneLine(failure.Advice)}");
            }

            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate baseline pull --optional", "In a build, before check"),
            ("qualitygate baseline pull nightly.yaml --branch main --workflow baseline.yml", "Of another branch's runs"));
    }
}
