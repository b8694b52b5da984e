using System.Text.RegularExpressions;
using Markdig;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Pictures;

/// <summary>The pictures in README are what the tool does. QUALITYGATE_WRITE_DOCS=1 draws them anew.</summary>
public sealed class PictureTests
{
    private const int Columns = 132;

    private const string Gates = """
        gates:
          fid:      { max: 2, max_increase: 60% }
          recall:   { min: 0.88 }
          coverage: { min: 0.9, max_decrease: 0.02 }
          density:  { min: 1.1, level: warn }
        """;

    [Fact]
    public void The_terminal_in_README_shows_what_check_prints()
    {
        using ToolRun tool = Accepted();
        ToolRun.Answer answer = tool.Run("check", "--color", "always");
        Assert.Equal(1, answer.ExitCode);

        // Times differ from run to run, and days pass.
        string[] lines =
        [
            .. ("$ qualitygate check\n" + answer.Output).Split('\n').Where(l => !l.Contains("time: ", StringComparison.Ordinal))
                .Select(l => Regex.Replace(l, @"^accepted   [\d-]{10}, (today|1 day ago)", "accepted   2026-11-09, 12 days ago")),
        ];
        string picture = TerminalPicture.Draw("qualitygate check fails: recall and coverage are too low", TerminalPicture.Wrap(string.Join('\n', lines).Replace("\n\n\n", "\n\n", StringComparison.Ordinal), Columns));
        string path = RepositoryFiles.At("docs", "images", "check.svg");
        if (Environment.GetEnvironmentVariable("QUALITYGATE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, picture);
            Page(tool);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), picture);
    }

    // A browser makes the picture of the comment out of this page; see CONTRIBUTING.md.
    private static void Page(ToolRun tool)
    {
        tool.Environment["GITHUB_REPOSITORY"] = "octo/images";
        tool.Environment["GITHUB_RUN_ID"] = "123";
        string comment = tool.Run("comment", Path.Combine("qualitygate-out", "result.json"), "--dry-run").Output;
        string body = Markdown.ToHtml(comment, new MarkdownPipelineBuilder().UsePipeTables().Build());
        string page = RepositoryFiles.At("artifacts", "comment.html");
        Directory.CreateDirectory(Path.GetDirectoryName(page)!);
        File.WriteAllText(page, $$"""
            <!doctype html><meta charset="utf-8"><style>
            body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; margin: 16px; background: #fff }
            article { border: 1px solid #d1d9e0; border-radius: 6px } header { background: #f6f8fa; padding: 8px 16px; border-bottom: 1px solid #d1d9e0; color: #59636e; border-radius: 6px 6px 0 0 }
            main { padding: 4px 16px 12px } table { border-collapse: collapse } td, th { border: 1px solid #d1d9e0; padding: 5px 12px } tr:nth-child(2n) { background: #f6f8fa }
            code { background: #818b981f; border-radius: 6px; padding: 2px 5px; font: 12px ui-monospace, "DejaVu Sans Mono", monospace } a { color: #0969da } h3 { margin: 12px 0 8px }
            </style><article><header><b>github-actions</b> commented</header><main>{{body}}</main></article>
            """);
    }

    private static ToolRun Accepted()
    {
        ToolRun tool = new();
        string sample = RepositoryFiles.At("samples", "quickstart");
        foreach (string set in new[] { "reference", "good", "class-missing" })
        {
            Copy(Path.Combine(sample, set), Path.Combine(tool.Folder, set));
        }

        Spec(tool, "good");
        ToolRun.Answer created = tool.Run("baseline", "create");
        Assert.True(created.ExitCode == 0, created.Error);
        Spec(tool, "class-missing");
        return tool;
    }

    private static void Spec(ToolRun tool, string candidate) => tool.Write("qualitygate.yaml", $"""
        version: 1
        reference: reference
        candidate: {candidate}
        extractor: random-vgg16
        baseline: qualitygate/baseline.safetensors
        {Gates}
        """);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
