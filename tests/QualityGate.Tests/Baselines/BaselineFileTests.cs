using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Baselines;

public sealed class BaselineFileTests
{
    [Fact]
    public void Everything_accepted_is_read_back()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full();
        Baseline baseline = Samples.Accept(reference);
        string path = folder.File("baseline.safetensors");

        BaselineFile.Write(path, baseline, reference);
        (Baseline read, FeatureSet set) = BaselineFile.Read(path);

        Assert.Equal(["fid", "coverage"], read.Metrics.Select(metric => metric.Name));
        AcceptedMetric fid = read.Find("fid")!;
        Assert.Equal((7.1, 0.31, MetricDirection.Lower, "pytorch-fid"), (fid.Value, fid.StandardError!.Value, fid.Direction, fid.Convention));
        Assert.Equal(
            [KeyValuePair.Create<string, object>("k", 5L), new("eps", 0.1), new("weights", "uniform")], read.Find("coverage")!.Parameters);
        Assert.Equal(baseline.Provenance, read.Provenance);
        Assert.Equal(baseline.History[0].Values, Assert.Single(read.History).Values);
        Assert.Equal(Sets.Flatten(reference.Features!), Sets.Flatten(set.Features!));
        Assert.Equal(Sets.Flatten(reference.Logits!), Sets.Flatten(set.Logits!));
        Assert.Equal(reference.Hashes, set.Hashes);
        Assert.Equal(reference.Ids, set.Ids);
        Assert.Equal((reference.Fingerprint, 6), (set.Fingerprint, set.Count));
        Assert.Empty(BaselineFile.Verify(path));
        Assert.Equal(7.1, BaselineFile.ReadValues(path).Find("fid")!.Value);
    }

    [Fact]
    public void What_each_image_did_to_the_numbers_is_read_back()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full(), candidate = Samples.Candidate();
        MetricValue fid = Samples.Fid with { Influence = new MetricInfluence([.. Enumerable.Range(0, 6).Select(i => i - 2.5)], [.. Enumerable.Range(0, 9).Select(i => i - 4.0)]) };
        MetricValue coverage = Samples.Coverage with { Influence = new MetricInfluence([.. Enumerable.Range(0, 6).Select(i => 0.1 * (i - 2.5))], []) };
        AcceptedImages images = AcceptedImages.Of([fid, coverage], reference, candidate)!;
        string path = folder.File("baseline.safetensors");

        BaselineFile.Write(path, Samples.Accept(reference), reference, images);
        AcceptedImages read = LoadedBaseline.Read(path).Images!;

        Assert.Equal(candidate.Hashes, read.Candidate);
        Assert.Equal(reference.Hashes, read.Reference);
        Assert.Equal(["coverage", "fid"], read.Influences.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(fid.Influence.Candidate, read.Influences["fid"].Candidate);
        Assert.Equal(fid.Influence.Reference, read.Influences["fid"].Reference);
        Assert.Equal(Array.ConvertAll(coverage.Influence.Reference, v => (double)(float)v), read.Influences["coverage"].Reference);
        Assert.Empty(read.Influences["coverage"].Candidate);
        Assert.Empty(BaselineFile.Verify(path));
    }

    [Fact]
    public void A_changed_influence_is_damage()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full(), candidate = Samples.Candidate();
        MetricValue fid = Samples.Fid with { Influence = new MetricInfluence([], [.. Enumerable.Range(0, 9).Select(i => i - 4.0)]) };
        string path = folder.File("baseline.safetensors");
        BaselineFile.Write(path, Samples.Accept(reference), reference, AcceptedImages.Of([fid], reference, candidate));
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([-4f, -3f, -2f]));
        bytes[at + 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(BaselineErrors.Damaged, Assert.Throws<UserErrorException>(() => LoadedBaseline.Read(path)).Code);
    }

    [Fact]
    public void The_time_the_commit_and_the_sets_are_recorded()
    {
        BaselineProvenance provenance = Samples.Accept(Sets.Full()).Provenance;

        Assert.Equal(Samples.Time, provenance.Created);
        Assert.Equal("c0ffee", provenance.Commit);
        Assert.Equal(("images", 6, "candidate", 9), (provenance.ReferenceSource, provenance.ReferenceCount, provenance.CandidateSource, provenance.CandidateCount));
        Assert.Equal(("random-vgg16", "sha256:00ff", "0.1.0"), (provenance.ExtractorName, provenance.ExtractorFingerprint, provenance.ToolVersion));
    }

    [Fact]
    public void The_history_goes_on_and_forgets_the_oldest()
    {
        FeatureSet reference = Sets.Full();
        Baseline? baseline = null;
        for (int i = 0; i < Baseline.MaximumHistory + 7; i++)
        {
            baseline = Baseline.Accept([Samples.Fid with { Value = i }], reference, Samples.Candidate(), Samples.Now, baseline);
        }

        Assert.Equal(
            Enumerable.Range(7, 100).Select(i => (double)i), baseline!.History.Select(entry => Assert.Single(entry.Values).Value));
    }

    [Fact]
    public void Metrics_without_a_value_are_not_accepted()
    {
        MetricValue failed = Samples.Fid with { Name = "kid", Value = null, Error = "too few images" };

        Baseline baseline = Baseline.Accept([failed, Samples.Fid], Sets.Full(), Samples.Candidate(), Samples.Now);
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => Baseline.Accept([failed], Sets.Full(), Samples.Candidate(), Samples.Now));

        Assert.Equal("fid", Assert.Single(baseline.Metrics).Name);
        Assert.Equal(BaselineErrors.NothingToAccept, error.Code);
    }

    [Fact]
    public void A_baseline_of_moments_alone_works()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = FeatureFile.Read(Sets.Data("statistics-f8.npz"));
        string path = folder.File("baseline.safetensors");

        BaselineFile.Write(path, Samples.Accept(reference), reference);
        (Baseline baseline, FeatureSet set) = BaselineFile.Read(path);

        Assert.Equal(reference.Moments!.Covariance, set.Moments!.Covariance);
        Assert.Equal(0, baseline.Provenance.ReferenceCount);
        Assert.Empty(BaselineFile.Verify(path));
    }

    [Fact]
    public void A_baseline_can_be_given_where_features_are()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full();
        BaselineFile.Write(folder.File("b.safetensors"), Samples.Accept(reference), reference);

        Assert.Equal(reference.Fingerprint, FeatureFile.Read(folder.File("b.safetensors")).Fingerprint);
    }

    [Fact]
    public void The_same_baseline_has_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full();
        BaselineFile.Write(folder.File("a"), Samples.Accept(reference), reference);
        BaselineFile.Write(folder.File("b"), Samples.Accept(reference), reference);

        Assert.Equal(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
    }

    [Fact]
    public void A_missing_baseline_says_how_to_make_one()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => BaselineFile.Read("nowhere/baseline.safetensors"));

        Assert.Equal("QG3001", error.Code.Id);
        Assert.Equal("There is no baseline at nowhere/baseline.safetensors.", error.Message);
        Assert.Contains("qualitygate baseline create", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_file_is_not_a_baseline()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder.File("f.safetensors"), Sets.Full(), new FeatureFileInfo(null, null));

        UserErrorException error = Assert.Throws<UserErrorException>(() => BaselineFile.ReadValues(folder.File("f.safetensors")));

        Assert.Equal(BaselineErrors.Damaged, error.Code);
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full(count: 2, width: 2, logits: 1);
        string path = folder.File("baseline.safetensors");
        BaselineFile.Write(path, Samples.Accept(reference), reference);
        byte[] bytes = File.ReadAllBytes(path);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0x04;
            File.WriteAllBytes(path, changed);
            Assert.True(BaselineFile.Verify(path).Count == 1, $"byte {at} changed unseen");
        }
    }

    [Fact]
    public void A_baseline_cut_anywhere_is_damaged()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full();
        string path = folder.File("baseline.safetensors");
        BaselineFile.Write(path, Samples.Accept(reference), reference);
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += 5)
        {
            File.WriteAllBytes(path, bytes[..length]);
            UserErrorException error = Assert.Throws<UserErrorException>(() => BaselineFile.Read(path));
            Assert.Equal(BaselineErrors.Damaged, error.Code);
        }
    }

    [Fact]
    public void A_write_that_fails_leaves_the_good_file()
    {
        using TemporaryFolder folder = new();
        FeatureSet reference = Sets.Full();
        string path = folder.File("baseline.safetensors");
        BaselineFile.Write(path, Samples.Accept(reference), reference);

        FeatureSet broken = reference with { Count = 99 };
        Assert.Throws<ArgumentException>(() => BaselineFile.Write(path, Samples.Accept(reference), broken));

        Assert.Empty(BaselineFile.Verify(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
