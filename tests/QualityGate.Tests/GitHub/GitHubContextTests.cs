using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.GitHub;

public sealed class GitHubContextTests : IDisposable
{
    private static readonly string Head = GitHubWorld.Sha('a');
    private static readonly string Merge = GitHubWorld.Sha('e');

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new()
    {
        ["GITHUB_REPOSITORY"] = "octo/images",
        ["GITHUB_SHA"] = Merge,
        ["GITHUB_RUN_ID"] = "77",
        ["GITHUB_RUN_ATTEMPT"] = "2",
        ["GITHUB_WORKFLOW_REF"] = "octo/images/.github/workflows/quality.yml@refs/heads/a@b",
        ["GITHUB_TOKEN"] = GitHubServer.Token,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pull_requests_head_is_its_commit_and_not_the_merge_commit()
    {
        GitHubContext context = Read("pull_request", $$$$$"""
            {"pull_request":{"number":7,"head":{"sha":"{{{{{Head}}}}}","repo":{"full_name":"Octo/Images"}},"base":{"ref":"main","sha":"{{{{{GitHubWorld.Sha('b')}}}}}"}},
             "repository":{"id":42,"default_branch":"trunk"}}
            """);
        Assert.Equal(7, context.PullRequestNumber);
        Assert.Equal((Head, Merge), (context.HeadSha, context.Sha));
        Assert.Equal(("main", GitHubWorld.Sha('b'), "trunk", 42L), (context.Event.BaseRef, context.Event.BaseSha, context.Event.DefaultBranch, context.Event.RepositoryId));
        Assert.False(context.IsFork);
        Assert.False(context.HasReadOnlyToken);
        Assert.Equal("quality.yml", context.WorkflowFile);
        Assert.Equal("https://github.com/octo/images/actions/runs/77/attempts/2", context.RunLink?.ToString());
    }

    [Theory]
    [InlineData("\"repo\":{\"full_name\":\"mallory/images\"}")]
    [InlineData("\"repo\":null")]
    [InlineData("\"ref\":\"main\"")]
    public void A_pull_request_from_elsewhere_or_from_a_deleted_repository_is_a_forks(string repository)
    {
        GitHubContext context = Read("pull_request", $$$$$"""{"pull_request":{"number":7,"head":{"sha":"{{{{{Head}}}}}",{{{{{repository}}}}}}}}""");
        Assert.True(context.IsFork);
        Assert.True(context.HasReadOnlyToken);
        Assert.False((context with { EventName = "pull_request_target" }).HasReadOnlyToken);
    }

    [Fact]
    public void A_finished_run_says_what_it_tested()
    {
        GitHubContext context = Read("workflow_run", $$$$$"""
            {"workflow_run":{"id":55,"head_sha":"{{{{{Head}}}}}","head_branch":"main","event":"pull_request","conclusion":"failure",
             "head_repository":{"full_name":"mallory/images"},"pull_requests":[{"number":9},{"number":"x"},null]}}
            """);
        EventWorkflowRun run = context.Event.WorkflowRun!;
        Assert.Equal((55, Head, "main", "mallory/images", "pull_request", "failure"), (run.Id, run.HeadSha, run.HeadBranch, run.HeadRepository, run.Event, run.Conclusion));
        Assert.Equal([9], run.PullRequests);
        Assert.Equal(Head, context.HeadSha);
        Assert.True(context.IsFork);
        Assert.False(context.HasReadOnlyToken);
        Assert.Null(context.PullRequestNumber);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"pull_request\":7,\"workflow_run\":[],\"repository\":\"x\"}")]
    [InlineData("{\"pull_request\":{\"number\":-1,\"head\":{\"sha\":\"main\"}},\"workflow_run\":{\"id\":1e99,\"head_sha\":{},\"pull_requests\":{}}}")]
    [InlineData("{\"pull_request\":{\"number\":99999999999,\"base\":{\"ref\":\"\\ud800\"}},\"repository\":{\"default_branch\":\"a\\u001bb\"}}")]
    public void An_event_of_another_shape_says_nothing(string json)
    {
        GitHubEvent read = Read("push", json).Event;
        Assert.Null(read.PullRequestNumber);
        Assert.Null(read.HeadSha);
        Assert.Null(read.BaseRef);
        Assert.Null(read.DefaultBranch);
        Assert.Null(read.WorkflowRun?.HeadSha);
    }

    [Fact]
    public void An_event_file_that_is_missing_or_no_JSON_or_too_large_is_a_clear_error()
    {
        Assert.Equal(PublishErrors.EventUnreadable, Assert.Throws<UserErrorException>(() => Read("push", "{ not json")).Code);
        _variables["GITHUB_EVENT_PATH"] = _folder.File("none.json");
        Assert.Equal(PublishErrors.EventUnreadable, Assert.Throws<UserErrorException>(Read).Code);
        _variables["GITHUB_EVENT_PATH"] = _folder.File("large.json");
        using (FileStream large = File.Create(_folder.File("large.json")))
        {
            large.SetLength(GitHubEvent.MaximumBytes + 1);
        }

        Assert.Contains("25 MB", Assert.Throws<UserErrorException>(Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("octo")]
    [InlineData("octo/images/more")]
    [InlineData("octo/..")]
    [InlineData("../images")]
    [InlineData("octo/images\n")]
    [InlineData("octo/ima ges?")]
    public void A_repository_that_is_not_owner_and_name_is_refused(string name)
    {
        _variables["GITHUB_REPOSITORY"] = name;
        Assert.Equal(PublishErrors.ContextInvalid, Assert.Throws<UserErrorException>(Read).Code);
    }

    [Theory]
    [InlineData("http://github.example.com/api/v3")]
    [InlineData("ftp://github.example.com")]
    [InlineData("https://user:pass@github.example.com")]
    [InlineData("not an address")]
    public void An_address_that_would_send_the_token_unencrypted_is_refused(string address)
    {
        _variables["GITHUB_API_URL"] = address;
        UserErrorException error = Assert.Throws<UserErrorException>(Read);
        Assert.Equal(PublishErrors.ContextInvalid, error.Code);
        Assert.DoesNotContain("pass", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_ones_own_has_its_own_addresses()
    {
        _variables["GITHUB_API_URL"] = "https://github.example.com/api/v3";
        _variables["GITHUB_SERVER_URL"] = "https://github.example.com/";
        GitHubContext context = Read();
        Assert.Equal("https://github.example.com/api/v3/repos/x", new Uri(context.ApiUrl, "repos/x").ToString());
        Assert.StartsWith("https://github.example.com/octo/images/actions/", context.RunLink!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_never_text()
    {
        GitHubContext context = Read();
        Assert.NotNull(context.Token);
        GitHubFixture.AssertHidden(context.ToString(), context.Token.ToString(), $"{context.Token}");
    }

    [Fact]
    public void A_token_with_a_line_end_is_trimmed_and_one_with_one_inside_is_refused_without_quoting_it()
    {
        _variables["GITHUB_TOKEN"] = GitHubServer.Token + "\n";
        Assert.Equal(GitHubServer.Token, Read().Token!.Header.Parameter);
        _variables["GITHUB_TOKEN"] = GitHubServer.Token + "\n" + GitHubServer.Token;
        GitHubFixture.AssertHidden(Assert.Throws<UserErrorException>(Read).ToString());
    }

    [Fact]
    public void The_token_is_GITHUB_TOKEN_or_else_GH_TOKEN()
    {
        _variables["GH_TOKEN"] = "other";
        Assert.Equal(GitHubServer.Token, Read().Token!.Header.Parameter);
        _variables["GITHUB_TOKEN"] = "";
        Assert.Equal("other", Read().Token!.Header.Parameter);
    }

    [Fact]
    public void Baselines_are_looked_for_on_this_branch_then_the_base_then_the_default_branch()
    {
        _variables["GITHUB_HEAD_REF"] = "feature";
        _variables["GITHUB_BASE_REF"] = "release";
        GitHubContext context = Read("pull_request", """{"pull_request":{"head":{"repo":{"full_name":"octo/images"}}},"repository":{"default_branch":"main"}}""");
        Assert.Equal([new("feature", true), new("release", false), new("main", false)], BaselineBranch.Of(context));
    }

    [Fact]
    public void The_branch_of_a_fork_is_not_looked_at_even_when_it_is_called_main()
    {
        _variables["GITHUB_HEAD_REF"] = "main";
        _variables["GITHUB_REF_NAME"] = "7/merge";
        _variables["GITHUB_BASE_REF"] = "main";
        GitHubContext context = Read("pull_request", """{"pull_request":{"head":{"repo":{"full_name":"mallory/images"}}}}""");
        Assert.Equal([new("main", false)], BaselineBranch.Of(context));
        Assert.Empty(BaselineBranch.Of(context with { BaseRef = null, HeadRef = null, Event = GitHubEvent.None }));
    }

    private GitHubContext Read() => GitHubContext.Read(name => _variables.GetValueOrDefault(name));

    private GitHubContext Read(string eventName, string json)
    {
        _variables["GITHUB_EVENT_NAME"] = eventName;
        _variables["GITHUB_EVENT_PATH"] = _folder.File("event.json");
        File.WriteAllText(_folder.File("event.json"), json);
        return Read();
    }
}
