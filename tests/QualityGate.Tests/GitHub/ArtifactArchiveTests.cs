using System.Buffers.Binary;
using System.IO.Compression;
using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.GitHub;

public sealed class ArtifactArchiveTests : IDisposable
{
    private static readonly ArchiveLimits Limits = new()
    {
        MaximumArchiveBytes = 1 << 20,
        MaximumEntries = 5,
        MaximumEntryBytes = 3 << 20,
        MaximumTotalBytes = 4 << 20,
        MaximumDepth = 3,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_and_folders_come_out_as_they_went_in()
    {
        IReadOnlyList<string> names = Extract(Zips.Of(("a.txt", "one"), ("deep/", ""), ("deep/er/b.txt", "two"), ("empty.txt", "")));
        Assert.Equal(["a.txt", "deep/er/b.txt", "empty.txt"], names);
        Assert.Equal("two", File.ReadAllText(_folder.File("out/deep/er/b.txt")));
        Assert.Equal(["out"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("x/../../a.txt")]
    [InlineData("x/..")]
    [InlineData("/etc/a.txt")]
    [InlineData("//server/a.txt")]
    [InlineData("C:/a.txt")]
    [InlineData("C:a.txt")]
    [InlineData("a.txt:stream")]
    [InlineData("x\\a.txt")]
    [InlineData("..\\a.txt")]
    [InlineData("a\0.txt")]
    [InlineData("a\n.txt")]
    [InlineData("./a.txt")]
    [InlineData("x//a.txt")]
    [InlineData("x /a.txt")]
    [InlineData("a.txt.")]
    [InlineData("NUL")]
    [InlineData("x/com1.txt")]
    [InlineData("1/2/3/a.txt")]
    public void A_name_that_could_lead_elsewhere_is_refused(string name) => Refuses(Zips.Of(("good.txt", "good"), (name, "bad")));

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("a", "a/b.txt")]
    [InlineData("A/b.txt", "a")]
    public void Two_entries_of_a_name_are_refused_whatever_their_case(string one, string other) => Refuses(Zips.Of((one, "1"), (other, "2")));

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x11B6)]
    [InlineData(0x61B6)]
    public void Links_and_devices_are_refused(int mode) =>
        Refuses(Zips.Of(archive => Zips.Add(archive, "link", "/etc/passwd").ExternalAttributes = mode << 16), "a link or a device");

    [Fact]
    public void Too_many_entries_are_refused() => Refuses(Zips.Of([.. Enumerable.Range(0, 6).Select(i => ($"{i}", "x"))]), "6 entries");

    [Fact]
    public void An_archive_that_is_too_large_itself_is_refused() => Refuses(new byte[(1 << 20) + 1], "more than 1,048,576");

    [Fact]
    public void Files_that_are_too_large_alone_or_together_are_refused()
    {
        Refuses(Noise((3 << 20) + 1), "larger than 3,145,728 bytes");
        Refuses(Noise(2_200_000, 2_200_000), "files are too large");
    }

    [Fact]
    public void What_grows_more_than_any_data_does_is_refused() => Refuses(Zips.Of(("a.txt", new string('a', 2 << 20))), "grows more than 200 times");

    [Fact]
    public void A_bomb_that_lies_about_its_size_is_refused()
    {
        byte[] zip = Zips.Of(("a.txt", new string('a', 2 << 20)));
        Assert.Equal(2, Replace(zip, 2 << 20, 1000));
        Refuses(zip);
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        byte[] zip = Zips.Of(archive =>
        {
            using Stream stream = archive.CreateEntry("a.txt", CompressionLevel.NoCompression).Open();
            stream.Write("some text"u8);
        });
        zip[zip.AsSpan().IndexOf("some text"u8)] = (byte)'S';
        Refuses(zip, "damaged");
    }

    [Fact]
    public void An_archive_cut_off_anywhere_is_refused()
    {
        byte[] zip = Zips.Of(("a.txt", "one"), ("b.txt", "two"));
        Assert.All(Enumerable.Range(0, zip.Length), length => Refuses(zip[..length]));
    }

    [Fact]
    public void Garbage_never_gives_anything_but_a_refusal_or_files_inside_the_folder()
    {
        byte[] good = Zips.Of(("a.txt", "one"), ("d/b.txt", new string('b', 300)));
        Random random = new(5);
        for (int i = 0; i < 300; i++)
        {
            byte[] zip = [.. good];
            for (int change = 0; change < 3; change++)
            {
                zip[random.Next(zip.Length)] = (byte)random.Next(256);
            }

            UserErrorException? error = Record.Exception(() => Extract(zip)) as UserErrorException;
            Assert.True(error is null || error.Code == PublishErrors.ArchiveRefused, error?.ToString());
            Assert.Equal(error is null ? ["out"] : [], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
            if (error is null)
            {
                Directory.Delete(_folder.File("out"), recursive: true);
            }
        }
    }

    [Fact]
    public void A_folder_with_something_in_it_is_not_touched()
    {
        Directory.CreateDirectory(_folder.File("out"));
        Extract(Zips.Of(("a.txt", "one")));
        UserErrorException error = Assert.Throws<UserErrorException>(() => Extract(Zips.Of(("b.txt", "two"))));
        Assert.Equal(PublishErrors.FolderNotUsable, error.Code);
        Assert.Equal(["a.txt"], Directory.EnumerateFileSystemEntries(_folder.File("out")).Select(Path.GetFileName));
    }

    private static byte[] Noise(params int[] sizes) => Zips.Of(archive =>
    {
        foreach ((int i, int size) in sizes.Index())
        {
            // Compresses some fifty times: well below the limit on that, so that only sizes can refuse it.
            byte[] block = new byte[1024];
            new Random(i).NextBytes(block.AsSpan(0, 16));
            using Stream stream = archive.CreateEntry($"{i}").Open();
            for (int written = 0; written < size; written += block.Length)
            {
                block[0]++;
                block[(written / block.Length) % 16]++;
                stream.Write(block, 0, Math.Min(block.Length, size - written));
            }
        }
    });

    private static int Replace(byte[] bytes, int value, int by)
    {
        int count = 0;
        for (int i = 0; i + 4 <= bytes.Length; i++)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i)) == value)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), by);
                count++;
            }
        }

        return count;
    }

    private IReadOnlyList<string> Extract(byte[] zip) => ArtifactArchive.Extract(new MemoryStream(zip), _folder.File("out"), Limits);

    private void Refuses(byte[] zip, string because = "")
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Extract(zip));
        Assert.Equal(PublishErrors.ArchiveRefused, error.Code);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
