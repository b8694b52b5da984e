namespace QualityGate.Tests.Tool;

public sealed class HtmlOptionTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");

    [Fact]
    public void A_page_is_written_in_the_language_that_is_asked_for()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("measure", "-r", Gauss + "#real", "-c", Gauss + "#fake", "-m", "prdc", "-o", "html=page.html", "--language", "ko", "-v", "quiet");
        Assert.Equal(0, answer.ExitCode);
        string page = File.ReadAllText(Path.Combine(tool.Folder, "page.html"));
        Assert.Contains("<html lang=\"ko\">", page, StringComparison.Ordinal);
        Assert.Contains("이웃 관계 (t-SNE)", page, StringComparison.Ordinal);
        ToolRun.Answer unknown = tool.Run("measure", "-r", Gauss, "-c", Gauss, "--language", "fr");
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Contains("fr", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_page_gathers_nothing_for_one()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("measure", "-r", Gauss + "#real", "-c", Gauss + "#fake", "-m", "prdc", "--format", "json", "-v", "quiet");
        Assert.Equal(0, answer.ExitCode);
        Assert.DoesNotContain("evidence", answer.Output, StringComparison.Ordinal);
    }
}
