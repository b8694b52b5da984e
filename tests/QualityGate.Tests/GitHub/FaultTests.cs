using QualityGate.Errors;
using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class FaultTests
{
    private const string Page = "docs/github-faults.md";
    private const string Rule = "|---|---|---|";

    public static TheoryData<string> Names => [.. FaultCases.All.Select(c => c.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_fault_ends_as_the_page_says(string name)
    {
        FaultCase fault = FaultCases.All.Single(c => c.What == name);
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        Exception? thrown = await Record.ExceptionAsync(() => fault.Act(fixture));
        ErrorCode? code = thrown switch
        {
            null => null,
            GitHubException failure => failure.Code,
            UserErrorException mistake => mistake.Code,
            _ => throw new InvalidOperationException("Neither an error for people nor none.", thrown),
        };

        Assert.Equal(fault.Code, code);
        Assert.Equal(fault.Attempts, fixture.Notes.Count + 1);
        GitHubFixture.AssertHidden(thrown?.ToString() ?? string.Empty, (thrown as GitHubException)?.AsUserError().ToString() ?? string.Empty);
    }

    [Fact]
    public void The_page_has_every_fault_and_no_other()
    {
        string written = Documentation.Read(Page);
        string[] rows = [.. written.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        if (Environment.GetEnvironmentVariable("QUALITYGATE_WRITE_DOCS") == "1")
        {
            string table = written[..(written.IndexOf(Rule, StringComparison.Ordinal) + Rule.Length)];
            string after = rows.Length == 0 ? string.Empty : written[(written.LastIndexOf(rows[^1], StringComparison.Ordinal) + rows[^1].Length)..];
            File.WriteAllText(RepositoryFiles.At(Page), table + string.Concat(FaultCases.All.Select(c => "\n" + c.Row)) + after);
        }

        Assert.Equal(FaultCases.All.Select(c => c.Row), rows);
    }
}
