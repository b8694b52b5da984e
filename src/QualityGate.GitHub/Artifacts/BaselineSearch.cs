namespace QualityGate.GitHub;

/// <summary>A baseline that was found.</summary>
/// <param name="ArtifactId">The artifact.</param>
/// <param name="Name">Its name.</param>
/// <param name="Branch">Of the run that made it.</param>
/// <param name="RunId">That run.</param>
/// <param name="HeadSha">That run's commit.</param>
/// <param name="CreatedAt">When it was uploaded, when known.</param>
/// <param name="SizeInBytes">The zip's size, as the list says.</param>
/// <param name="Digest">Of the zip, or null on older servers.</param>
internal sealed record BaselineArtifact(
    long ArtifactId, string Name, string Branch, long RunId, string HeadSha, DateTimeOffset? CreatedAt, long SizeInBytes, string? Digest);

/// <summary>What a search found and where it looked.</summary>
/// <param name="Found">The baseline, or null.</param>
/// <param name="Looked">One line for people per place.</param>
internal sealed record BaselineSearch(BaselineArtifact? Found, IReadOnlyList<string> Looked);
