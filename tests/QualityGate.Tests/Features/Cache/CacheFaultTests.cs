using QualityGate.Features.Cache;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Features.Cache;

/// <summary>Kills, damage and several users at once.</summary>
public sealed class CacheFaultTests
{
    private const string Fingerprint = "sha256:abc";
    private const int RecordBytes = 32 + (6 * 4) + 4;

    [Fact]
    public void A_journal_cut_at_any_byte_gives_back_every_whole_record()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        byte[] journal = Journal(folder, rows);
        int header = journal.Length - (3 * RecordBytes);
        for (int length = 0; length <= journal.Length; length++)
        {
            CacheFolder.Clear(folder.Path);
            File.WriteAllBytes(JournalPath(folder), journal[..length]);

            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);

            Assert.Equal(Math.Max(0, length - header) / RecordBytes, rows.CountIn(cache));
            Assert.False(File.Exists(JournalPath(folder)));
        }
    }

    [Fact]
    public void A_journal_with_any_byte_changed_gives_back_only_true_rows()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        byte[] journal = Journal(folder, rows);
        int header = journal.Length - (3 * RecordBytes);
        for (int at = 0; at < journal.Length; at++)
        {
            CacheFolder.Clear(folder.Path);
            byte[] changed = [.. journal];
            changed[at] ^= 0x10;
            File.WriteAllBytes(JournalPath(folder), changed);

            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);

            // CountIn compares every row found with the truth.
            Assert.Equal(at < header ? 0 : (at - header) / RecordBytes, rows.CountIn(cache));
        }
    }

    [Fact]
    public void A_segment_with_any_byte_changed_gives_back_only_true_rows()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        string path = Assert.Single(Directory.GetFiles(folder.Path, "segment-*", SearchOption.AllDirectories));
        byte[] segment = File.ReadAllBytes(path);
        for (int at = 0; at < segment.Length; at++)
        {
            byte[] changed = [.. segment];
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);

            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint, new RowWidths(4, 2));

            // A blank of the header's padding may change without harm: then all rows are there and nothing is said.
            int found = rows.CountIn(cache);
            Assert.True(found < 3 ? cache.Warnings.Count > 0 : cache.Warnings.Count == 0 && found == 3, $"byte {at}: {found} rows, {cache.Warnings.Count} warnings");
            Assert.True(found < 3 || at < segment.Length - (3 * RecordBytes), $"byte {at} of a row changed unseen");
        }
    }

    [Fact]
    public void A_segment_cut_anywhere_is_ignored_with_a_warning()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(2, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        string path = Assert.Single(Directory.GetFiles(folder.Path, "segment-*", SearchOption.AllDirectories));
        byte[] segment = File.ReadAllBytes(path);
        for (int length = 0; length < segment.Length; length += 3)
        {
            File.WriteAllBytes(path, segment[..length]);

            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);

            Assert.Equal(0, rows.CountIn(cache));
            Assert.Single(cache.Warnings);
        }
    }

    [Fact]
    public void A_damaged_row_is_computed_again_and_then_found_in_its_new_place()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            cache.Append(rows.Hashes, rows.Features, rows.Logits);
        }

        string path = Assert.Single(Directory.GetFiles(folder.Path, "segment-*", SearchOption.AllDirectories));
        byte[] segment = File.ReadAllBytes(path);
        segment[segment.AsSpan().IndexOf(BitConverter.GetBytes(rows.Features[5]))] ^= 1;
        File.WriteAllBytes(path, segment);
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            Assert.Equal(2, rows.CountIn(cache));
            cache.Append(rows.Hash(1), rows.Feature(1), rows.Logit(1));
        }

        for (int run = 0; run < 2; run++)
        {
            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);
            rows.AssertAllIn(cache);
            Assert.Equal(2, CacheFolder.Info(folder.Path).Segments);
        }
    }

    [Fact]
    public void The_journal_of_a_living_run_is_left_alone()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        using FeatureCache living = FeatureCache.Open(folder.Path, Fingerprint);
        living.Append(rows.Hashes, rows.Features, rows.Logits);

        using (FeatureCache other = FeatureCache.Open(folder.Path, Fingerprint))
        {
            Assert.Equal(0, rows.CountIn(other));
            Assert.Empty(other.Warnings);
        }

        living.Seal();
        rows.AssertAllIn(living);
        using FeatureCache next = FeatureCache.Open(folder.Path, Fingerprint);
        rows.AssertAllIn(next);
    }

    [Fact]
    public void Threads_appending_to_one_cache_lose_nothing()
    {
        using TemporaryFolder folder = new();
        Rows[] batches = [.. Enumerable.Range(0, 32).Select(i => new Rows(5, seed: i))];
        using (FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint))
        {
            Parallel.ForEach(batches, new ParallelOptions { MaxDegreeOfParallelism = 4 }, batch =>
            {
                cache.Append(batch.Hashes, batch.Features, batch.Logits);
                batch.AssertAllIn(cache);
            });
        }

        using FeatureCache next = FeatureCache.Open(folder.Path, Fingerprint);
        Assert.All(batches, batch => batch.AssertAllIn(next));
    }

    [Fact]
    public void Runs_at_the_same_time_lose_nothing_even_while_segments_are_merged()
    {
        using TemporaryFolder folder = new();
        Rows[] runs = [.. Enumerable.Range(0, 40).Select(i => new Rows(3, seed: i))];
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, run =>
        {
            using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint, maxSegments: 3);
            cache.Append(run.Hashes, run.Features, run.Logits);
            run.AssertAllIn(cache);
        });

        using FeatureCache last = FeatureCache.Open(folder.Path, Fingerprint);
        Assert.All(runs, run => run.AssertAllIn(last));
        Assert.Empty(last.Warnings);
    }

    [Fact]
    public void Two_dead_journals_with_the_same_images_become_one_entry_each()
    {
        using TemporaryFolder folder = new();
        Rows rows = new(3, seed: 1);
        byte[] journal = Journal(folder, rows);
        CacheFolder.Clear(folder.Path);
        File.WriteAllBytes(JournalPath(folder), journal);
        File.WriteAllBytes(JournalPath(folder).Replace("journal-", "journal-other", StringComparison.Ordinal), journal);

        using FeatureCache cache = FeatureCache.Open(folder.Path, Fingerprint);

        rows.AssertAllIn(cache);
        Assert.Equal((3, 1), (CacheFolder.Info(folder.Path).Entries, CacheFolder.Info(folder.Path).Segments));
    }

    private static string JournalPath(TemporaryFolder folder)
    {
        string extractor = CacheFolder.Of(folder.Path, Fingerprint);
        Directory.CreateDirectory(extractor);
        return Path.Combine(extractor, "journal-0.journal");
    }

    /// <summary>The bytes of a journal as a run that is killed leaves them.</summary>
    private static byte[] Journal(TemporaryFolder folder, Rows rows)
    {
        string path;
        using (CacheJournal journal = CacheJournal.Create(folder.Path, Fingerprint, new RowWidths(4, 2)))
        {
            journal.Append(rows.Hashes, rows.Features, rows.Logits, [0, 1, 2]);
            path = Assert.Single(Directory.GetFiles(folder.Path, "journal-*"));
        }

        return File.ReadAllBytes(path);
    }
}
