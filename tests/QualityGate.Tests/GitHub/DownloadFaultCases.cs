using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.GitHub;

/// <summary>Faults of artifacts, for the same table.</summary>
internal static class DownloadFaultCases
{
    private const long Id = 5;
    private const string Storage = "sig=";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new("Artifact: expired (410)", 1, PublishErrors.Gone, f => Fetch(f, expired: true)),
        new("Artifact: other bytes than its digest says", 1, PublishErrors.DigestMismatch, f => Fetch(f, digest: "sha256:" + new string('0', 64))),
        new("Artifact: a digest of an unknown kind", 1, PublishErrors.BadAnswer, f => Fetch(f, digest: "md5:0123")),
        new("Artifact: larger than allowed", 1, PublishErrors.ArtifactTooLarge, f => Fetch(f, zip: new byte[2 << 20])),
        new("Artifact: the storage cuts the connection, twice", 3, null, f => Fetch(f, fault: Faults.Cut, times: 2)),
        new("Artifact: the storage's address has expired, once", 2, null, f => Fetch(f, fault: Faults.Status(403, "AuthenticationFailed"))),
        new("Artifact: the storage has a fault for ever", 5, PublishErrors.ServerFault, f => Fetch(f, fault: Faults.Status(503), times: 5)),
        new("Artifact: the storage falls silent in its middle (30 s; here at most 2 attempts)", 2, PublishErrors.Timeout,
            f => Fetch(f, fault: Faults.Stalled, times: 2, retry: new() { MaximumAttempts = 2, IdleTime = TimeSpan.FromMilliseconds(300) })),
        new("Artifact: the storage is not there", 5, PublishErrors.NameNotFound, f => Fetch(f, location: "https://storage.invalid/x?sig=" + GitHubWorld.Signature)),
        new("Artifact: a redirect to an address that is not encrypted", 1, PublishErrors.BadAnswer, f => Fetch(f, location: "http://storage.invalid/x?sig=" + GitHubWorld.Signature)),
        new("Artifact: redirects without end", 1, PublishErrors.BadAnswer,
            f => Fetch(f, fault: Faults.Status(302, "again", ("Location", $"{f.Server.StorageUrl}{Id}?sig={GitHubWorld.Signature}")), times: 6)),
        new("Artifact: its zip is cut off", 1, PublishErrors.ArchiveRefused, f => Fetch(f, zip: Zips.Of(("a.txt", "text"))[..^20])),
        new("Artifact: its zip leads out of the folder (`../`)", 1, PublishErrors.ArchiveRefused, f => Fetch(f, zip: Zips.Of(("../a.txt", "text")))),
        new("Artifact: its zip is a bomb", 1, PublishErrors.ArchiveRefused, f => Fetch(f, zip: Zips.Of(("a.txt", new string('a', 5 << 20))))),
    ];

    private static async Task Fetch(
        GitHubFixture fixture, byte[]? zip = null, bool expired = false, string? digest = null, string? location = null,
        GitHubServer.Fault? fault = null, int times = 1, GitHubRetry? retry = null)
    {
        using TemporaryFolder folder = new();
        fixture.World.AddRun(1, "main");
        fixture.World.AddArtifact(Id, 1, zip ?? Zips.Of(("a.txt", "text")), expired: expired, digest: digest);
        fixture.World.DownloadLocation = location;
        if (fault is not null)
        {
            fixture.Server.Fail("GET", Storage, fault, times);
        }

        Artifact artifact = (await fixture.Client(retry: retry).ListArtifactsAsync("qualitygate-baseline")).Single();
        BaselineArtifact found = new(artifact.Id, artifact.Name!, "main", 1, GitHubWorld.Sha('a'), null, artifact.SizeInBytes, artifact.Digest);
        string target = folder.File("target");
        try
        {
            ArchiveLimits limits = new() { MaximumArchiveBytes = 1 << 20 };
            Assert.Equal(["a.txt"], await new ArtifactBaselines(fixture.Client(retry: retry)).FetchAsync(found, target, limits));
            Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(target, "a.txt")));
            Directory.Delete(target, recursive: true);
        }
        finally
        {
            // Whole or not at all, and nothing beside it.
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }
    }
}
