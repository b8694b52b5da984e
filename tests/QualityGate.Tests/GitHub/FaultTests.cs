using QualityGate.Errors;
using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class FaultTests
{
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
        string[] rows = [.. Documentation.Read("docs/github-faults.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        Assert.Equal(FaultCases.All.Select(c => c.Row), rows);
    }
}
