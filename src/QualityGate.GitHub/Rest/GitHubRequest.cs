using System.Net;

namespace QualityGate.GitHub;

/// <summary>One request to the REST interface.</summary>
/// <param name="Method">GET, POST or PATCH.</param>
/// <param name="Address">Where, on the server of the REST interface.</param>
/// <param name="Permission">What the job's token needs for it, as a line of <c>permissions:</c>.</param>
/// <param name="Json">The body, or null.</param>
internal sealed record GitHubRequest(HttpMethod Method, Uri Address, string Permission, byte[]? Json = null)
{
    /// <summary>For messages: without the query, which may be long.</summary>
    public override string ToString() => $"{Method} {Address.AbsolutePath}";
}

/// <summary>A whole answer.</summary>
/// <param name="Status">Below 300.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="NextPage">Where the list goes on, or null.</param>
internal sealed record GitHubAnswer(HttpStatusCode Status, byte[] Body, Uri? NextPage);
