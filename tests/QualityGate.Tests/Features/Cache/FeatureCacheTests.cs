using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Numerics;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Features.Cache;

public sealed class FeatureCacheTests
{
    private const string Fingerprint = "sha256:abc";
    private static readonly RowWidths Widths = new(4, 2);

    [Fact]
    public void Rows_of_one_run_are_found_in_the_next()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(10, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        using FeatureCache next = FeatureCache.Open(folder.Path, Fingerprint, Widths);

        rows.AssertAllIn(next);
        Assert.Empty(next.Warnings);
        Assert.Equal((10, 1), (next.Info().Entries, next.Info().Segments));
    }

    [Fact]
    public void Rows_are_found_while_they_are_still_in_the_journal()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(5, seed: 1);
        using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);
        cache.Append(rows.Hashes, rows.Features, rows.Logits);

        rows.AssertAllIn(cache);
        Assert.False(cache.TryGet(new byte[32], out _));
    }

    [Fact]
    public void Another_extractor_sees_none_of_them()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(5, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        using FeatureCache other = FeatureCache.Open(folder.Path, "sha256:def/../../x");

        Assert.False(other.TryGet(rows.Hashes.AsSpan(0, 32), out _));
    }

    [Fact]
    public void Gathered_rows_come_in_the_order_asked_and_outlive_the_cache()
    {
        using TemporaryFolder folder = new();
        Rows first = new(6, seed: 1);
        Rows second = new(3, seed: 2);
        FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);
        cache.Append(first.Hashes, first.Features, first.Logits);
        cache.Seal();
        cache.Append(second.Hashes, second.Features, second.Logits);

        FeatureMatrix features = cache.Gather([.. second.Hash(2), .. first.Hash(5), .. first.Hash(0), .. first.Hash(5)]);
        FeatureMatrix logits = cache.GatherLogits(second.Hash(1));
        cache.Dispose();

        Assert.Equal([.. second.Feature(2), .. first.Feature(5), .. first.Feature(0), .. first.Feature(5)], Sets.Flatten(features));
        Assert.Equal(second.Logit(1), Sets.Flatten(logits));
    }

    [Fact]
    public void Gathering_an_unknown_image_fails()
    {
        using TemporaryFolder folder = new();
        using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint, Widths);

        Assert.Throws<KeyNotFoundException>(() => cache.Gather(new byte[32]));
    }

    [Fact]
    public void An_image_appended_twice_is_stored_once()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append([.. rows.Hashes, .. rows.Hashes], [.. rows.Features, .. rows.Features], [.. rows.Logits, .. rows.Logits]);
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        Assert.Equal(3, CacheFolder.Info(folder.Path).Entries);
    }

    [Fact]
    public void An_extractor_without_logits_or_without_features_works()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using FeatureCache cache = FeatureCache.Open(folder.Path, "features only");
        cache.Append(rows.Hashes, rows.Features, []);
        using FeatureCache other = FeatureCache.Open(folder.Path, "logits only");
        other.Append(rows.Hashes, [], rows.Logits);

        Assert.Equal(rows.Features, Sets.Flatten(cache.Gather(rows.Hashes)));
        Assert.Equal(rows.Logits, Sets.Flatten(other.GatherLogits(rows.Hashes)));
        Assert.Throws<InvalidOperationException>(() => cache.GatherLogits(rows.Hashes));
    }

    [Fact]
    public void Many_runs_are_merged_into_one_segment_without_losing_a_row()
    {
        using TemporaryFolder folder = new();
        Rows[] runs = [.. Enumerable.Range(0, 6).Select(run => new Rows(3, seed: run))];
        foreach (Rows run in runs)
        {
            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint, maxSegments: 100);
            cache.Append(run.Hashes, run.Features, run.Logits);
        }

        Assert.Equal(6, CacheFolder.Info(folder.Path).Segments);
        using FeatureCache reader = FeatureCache.Open(folder.Path, Fingerprint, maxSegments: 100);
        FeatureMatrix gathered = reader.Gather(runs[0].Hashes);
        using FeatureCache merged = FeatureCache.Open(folder.Path, Fingerprint, maxSegments: 5);

        Assert.All(runs, run => run.AssertAllIn(merged));
        Assert.Equal((18, 1), (merged.Info().Entries, merged.Info().Segments));
        Assert.Equal((18, 1), (CacheFolder.Info(folder.Path).Entries, CacheFolder.Info(folder.Path).Segments));
        Assert.Equal(runs[0].Features, Sets.Flatten(gathered));
    }

    [Fact]
    public void Rows_of_other_widths_are_refused_with_a_warning()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        using FeatureCache declared = FeatureCache.Open(folder.Path, Fingerprint, new RowWidths(5, 2));
        Assert.False(declared.TryGet(rows.Hash(0), out _));
        Assert.Contains("not of RowWidths { Features = 5, Logits = 2 }", Assert.Single(declared.Warnings), StringComparison.Ordinal);

        using FeatureCache found = FeatureCache.Open(folder.Path, Fingerprint);
        Rows wide = new(2, seed: 9, new RowWidths(5, 2));
        found.Append(wide.Hashes, wide.Features, wide.Logits);
        wide.AssertAllIn(found);
        Assert.False(found.TryGet(rows.Hash(0), out _));
    }

    [Fact]
    public void A_cleared_cache_is_empty_and_foreign_files_stay()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        File.WriteAllText(folder.File("mine.safetensors"), "x");
        CacheFolder.Clear(folder.Path);

        Assert.Equal(default, CacheFolder.Info(folder.Path));
        Assert.True(File.Exists(folder.File("mine.safetensors")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_clear_error()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "x");
        Rows rows = new(1, seed: 1);
        using FeatureCache cache = FeatureCache.Open(folder.File("file"), Fingerprint);

        UserErrorException error = Assert.Throws<UserErrorException>(() => cache.Append(rows.Hashes, rows.Features, rows.Logits));

        Assert.Equal(DataErrors.CacheUnusable, error.Code);
    }
}
