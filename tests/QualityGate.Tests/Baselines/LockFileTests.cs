using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Tests.Features.Files;
using TemporaryFolder = QualityGate.Tests.Specs.TemporaryFolder;

namespace QualityGate.Tests.Baselines;

public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lock_holds_the_numbers_and_the_hash_of_the_file()
    {
        FeatureSet reference = Sets.Full(count: 7, seed: 1);
        Baseline baseline = Samples.Accept(reference);
        string file = Path.Combine(_folder.Path, "b.safetensors"), path = Path.Combine(_folder.Path, "spec.lock.json");
        BaselineFile.Write(file, baseline, reference);
        LockFile.Write(path, baseline, file);

        BaselineLock read = LockFile.TryRead(path)!;
        Assert.Equal(LockFile.HashOf(file), read.Sha256);
        Assert.Equal(new FileInfo(file).Length, read.Bytes);
        Assert.Equal("b.safetensors", read.File);
        Assert.Equal(baseline.Provenance, read.Baseline.Provenance);
        Assert.Equal(baseline.Metrics.Select(m => (m.Name, m.Value, m.StandardError, m.Convention)), read.Baseline.Metrics.Select(m => (m.Name, m.Value, m.StandardError, m.Convention)));

        // The same acceptance gives the same bytes: no diff without a change.
        byte[] before = File.ReadAllBytes(path);
        LockFile.Write(path, baseline, file);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void No_lock_is_no_error() => Assert.Null(LockFile.TryRead(Path.Combine(_folder.Path, "none.lock.json")));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schema\": \"qualitygate.lock/1\"}")]
    [InlineData("{\"schema\": 1}")]
    [InlineData("{\"schema\": \"other\"}")]
    [InlineData("{\"schema\": \"qualitygate.lock/1\", \"features\": {\"file\": \"x\", \"sha256\": \"00\", \"bytes\": 1}}")]
    [InlineData("{\"schema\": \"qualitygate.lock/1\", \"features\": null, \"metrics\": []}")]
    public void A_file_that_is_no_lock_is_refused(string text)
    {
        string path = _folder.Write("x.lock.json", text);
        Assert.Equal(BaselineErrors.DamagedLock, Assert.Throws<UserErrorException>(() => LockFile.TryRead(path)).Code);
    }

    [Fact]
    public void A_damaged_lock_never_gives_another_exception()
    {
        FeatureSet reference = Sets.Full(count: 3, seed: 1);
        string file = Path.Combine(_folder.Path, "b.safetensors"), path = Path.Combine(_folder.Path, "spec.lock.json");
        BaselineFile.Write(file, Samples.Accept(reference), reference);
        LockFile.Write(path, Samples.Accept(reference), file);
        byte[] good = File.ReadAllBytes(path);
        Random random = new(5);
        for (int i = 0; i < 500; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(bad.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bad);
            try
            {
                LockFile.TryRead(path);
            }
            catch (UserErrorException)
            {
                // Refused is right; anything else would fail the test.
            }
        }
    }

    [Fact]
    public void A_newer_lock_is_named_as_such()
    {
        string path = _folder.Write("x.lock.json", "{\"schema\": \"qualitygate.lock/2\"}");
        Assert.Equal(BaselineErrors.Unsupported, Assert.Throws<UserErrorException>(() => LockFile.TryRead(path)).Code);
    }

    [Theory]
    [InlineData("main", "main")]
    [InlineData("feature/x", "feature%2Fx")]
    [InlineData("..", "%2E%2E")]
    [InlineData("a\\..\\b", "a%5C%2E%2E%5Cb")]
    public void A_branch_is_one_folder_below_the_store(string branch, string folder) =>
        Assert.Equal(Path.Combine("store", folder, "b.safetensors"), BaselinePlaces.InStore("store", branch, "/x/b.safetensors"));
}
