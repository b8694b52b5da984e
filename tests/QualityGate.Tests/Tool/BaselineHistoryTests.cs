using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace QualityGate.Tests.Tool;

/// <summary>The life of a baseline after its creation: proposed, compared, promoted, rolled back, held by waivers and a ratchet.</summary>
public sealed class BaselineHistoryTests
{
    private const string Gates = "  fid: { max: 500, max_increase: 2% }\n";

    [Fact]
    public void A_proposal_is_looked_at_and_promoted_and_the_way_back_is_kept()
    {
        using ToolRun tool = Created();
        Candidate(tool, seed: 2, shift: 0.5);

        ToolRun.Answer proposed = tool.Run("baseline", "propose", "--reason", "other sampler");
        Assert.True(proposed.ExitCode == 0, proposed.Error);
        Assert.Contains("worse", proposed.Output, StringComparison.Ordinal);
        double before = Accepted(tool);
        ToolRun.Answer diff = tool.Run("baseline", "diff", "--format", "markdown");
        Assert.Contains("| <code>fid</code> |", diff.Output, StringComparison.Ordinal);
        Assert.Equal(before, Accepted(tool));

        ToolRun.Answer promoted = tool.Run("baseline", "promote");
        Assert.True(promoted.ExitCode == 0, promoted.Error);
        Assert.True(Accepted(tool) > before);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "qualitygate", "baseline.proposed.safetensors")));
        Assert.Equal(0, tool.Run("baseline", "verify").ExitCode);
        Assert.Equal(0, tool.Run("check").ExitCode);

        string[] list = tool.Run("baseline", "list").Output.Split('\n');
        Assert.Contains("other sampler", list[1], StringComparison.Ordinal);
        Assert.StartsWith("2 ", list[2], StringComparison.Ordinal);

        ToolRun.Answer back = tool.Run("baseline", "rollback");
        Assert.True(back.ExitCode == 0, back.Error);
        Assert.Equal(before, Accepted(tool));
        Assert.Equal(0, tool.Run("baseline", "verify").ExitCode);
        Assert.Equal(1, tool.Run("check").ExitCode);
        Assert.Contains("back to what was accepted", tool.Run("baseline", "show").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("promote", "QG3019")]
    [InlineData("rollback --to 7", "QG3017")]
    [InlineData("diff --from nonsense", "QG52")]
    public void What_is_not_there_is_said(string command, string code)
    {
        using ToolRun tool = Created();
        ToolRun.Answer answer = tool.Run(["baseline", .. command.Split(' ')]);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(code, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_another_extractor_or_reference_cannot_come_back()
    {
        using ToolRun tool = Created();
        Points(tool, "real.npy", seed: 9, shift: 0);
        Assert.Equal(0, tool.Run("baseline", "update").ExitCode);

        ToolRun.Answer back = tool.Run("baseline", "rollback");

        Assert.Equal(2, back.ExitCode);
        Assert.Contains("QG3018", back.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waived_breach_warns_until_its_day_is_over()
    {
        using ToolRun tool = Created();
        Candidate(tool, seed: 2, shift: 0.5);
        string spec = File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.yaml"));
        Assert.Equal(1, tool.Run("check").ExitCode);

        tool.Write("qualitygate.yaml", spec + Waiver(DateTime.UtcNow.AddDays(1)));
        ToolRun.Answer waived = tool.Run("check");
        Assert.True(waived.ExitCode == 0, waived.Error);
        Assert.Contains("by Jane: the new sampler is not tuned yet", waived.Output, StringComparison.Ordinal);
        Assert.Contains("\"expired\": false", File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")), StringComparison.Ordinal);

        tool.Write("qualitygate.yaml", spec + Waiver(DateTime.UtcNow.AddDays(-2)));
        ToolRun.Answer expired = tool.Run("check");
        Assert.Equal(1, expired.ExitCode);
        Assert.Contains("its waiver by Jane expired on", expired.Output, StringComparison.Ordinal);

        Candidate(tool, seed: 1, shift: 0);
        tool.Write("qualitygate.yaml", spec + Waiver(DateTime.UtcNow.AddDays(1)));
        Assert.Contains("its waiver until", tool.Run("check").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_of_nothing_is_a_mistake_in_the_spec()
    {
        using ToolRun tool = Created();
        string spec = File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.yaml"));
        tool.Write("qualitygate.yaml", spec + "waivers:\n  - { metric: kid, until: 2030-01-01, reason: none, author: Jane }\n  - { metric: fid, rule: min, until: 1.1.2030, reason: none, author: Jane }\n  - { metric: fid, until: 2030-01-01 }\n");

        ToolRun.Answer answer = tool.Run("check");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG1019", answer.Error, StringComparison.Ordinal);
        Assert.Contains("must be a date such as 2026-12-31", answer.Error, StringComparison.Ordinal);
        Assert.Contains("`author` is missing", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ratchet_tightens_a_limit_and_leaves_the_rest_of_the_spec_alone()
    {
        using ToolRun tool = Created("  fid: { max: 500, ratchet: true }    # never give up what was reached\n  precision: { min: 0.01 }\n");

        ToolRun.Answer updated = tool.Run("baseline", "update");

        Assert.True(updated.ExitCode == 0, updated.Error);
        Assert.Contains("fid: max 500 -> ", updated.Output, StringComparison.Ordinal);
        string spec = File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.yaml"));
        Assert.Contains("ratchet: true }    # never give up what was reached\n  precision: { min: 0.01 }\n", spec, StringComparison.Ordinal);
        Assert.DoesNotContain("max: 500", spec, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check").ExitCode);

        // A worse candidate loosens nothing.
        Candidate(tool, seed: 2, shift: 0.5);
        Assert.DoesNotContain("ratchet", tool.Run("baseline", "update").Output, StringComparison.Ordinal);
        Assert.Equal(spec, File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.yaml")));
        Assert.Equal(1, tool.Run("check").ExitCode);
    }

    [Fact]
    public void What_others_accepted_since_the_merge_base_is_not_held_against_a_branch()
    {
        using ToolRun tool = Created();
        Git(tool, "init", "-q", "-b", "main");
        Commit(tool, "start");
        double atStart = Accepted(tool);
        Git(tool, "checkout", "-q", "-b", "feature");
        Git(tool, "checkout", "-q", "main");
        Candidate(tool, seed: 1, shift: 0, count: 1200);
        Assert.Equal(0, tool.Run("baseline", "update").ExitCode);
        Commit(tool, "main goes on");
        Git(tool, "checkout", "-q", "feature");

        // The branch accepts worse numbers for itself, and is judged by what it came from.
        Candidate(tool, seed: 2, shift: 0.5);
        Assert.Equal(0, tool.Run("baseline", "update").ExitCode);
        Commit(tool, "feature accepts its own");
        Assert.Equal(0, tool.Run("check").ExitCode);
        ToolRun.Answer judged = tool.Run("check", "--merge-base", "main");

        Assert.Equal(1, judged.ExitCode);
        Assert.Contains("This branch accepts other numbers than its merge base", judged.Output, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")));
        Assert.Equal("merge base", result.RootElement.GetProperty("baseline").GetProperty("source").GetString());
        Assert.Equal(atStart, result.RootElement.GetProperty("metrics").GetProperty("fid").GetProperty("baseline").GetDouble());
        Assert.Contains("worse", tool.Run("baseline", "diff", "--base-branch", "main").Output, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("check", "--merge-base", "nowhere").ExitCode);
        Assert.Contains("QG3020", File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")), StringComparison.Ordinal);
    }

    private static string Waiver(DateTime until) =>
        string.Create(CultureInfo.InvariantCulture, $"waivers:\n  - metric: fid\n    until: {until:yyyy-MM-dd}\n    reason: the new sampler is not tuned yet\n    author: Jane\n");

    private static ToolRun Created(string gates = Gates)
    {
        ToolRun tool = new();
        Points(tool, "real.npy", seed: 7, shift: 0);
        Candidate(tool, seed: 1, shift: 0);
        tool.Write("qualitygate.yaml", $"version: 1\nreference: real.npy\ncandidate: new.npy\nbaseline: qualitygate/baseline.safetensors\ngates:\n{gates}");
        ToolRun.Answer created = tool.Run("baseline", "create");
        Assert.True(created.ExitCode == 0, created.Error);
        return tool;
    }

    private static void Candidate(ToolRun tool, int seed, double shift, int count = 1000) => Points(tool, "new.npy", seed, shift, count);

    private static void Points(ToolRun tool, string file, int seed, double shift, int count = 1000)
    {
        const int width = 4;
        Random random = new(seed);
        using BinaryWriter writer = new(File.Create(Path.Combine(tool.Folder, file)));
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {width}), }}".PadRight(117) + "\n";
        writer.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        writer.Write(System.Text.Encoding.ASCII.GetBytes(header));
        for (int i = 0; i < count * width; i++)
        {
            writer.Write((float)(shift + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))));
        }
    }

    private static double Accepted(ToolRun tool)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.lock.json")));
        return document.RootElement.GetProperty("metrics")[0].GetProperty("value").GetDouble();
    }

    private static void Commit(ToolRun tool, string message)
    {
        Git(tool, "add", "-A");
        Git(tool, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    private static void Git(ToolRun tool, params string[] arguments)
    {
        ProcessStartInfo start = new("git") { WorkingDirectory = tool.Folder, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
