using System.IO.Compression;
using QualityGate.Errors;
using QualityGate.Images;

namespace QualityGate.Tests.Images;

public sealed class ImageSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-sets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_gives_its_images_in_ordinal_order_with_slashes()
    {
        Write("b/2.png", "b/10.png", "a.JPG", "B.webp", "b/c/d.tiff", "notes.txt", "model.onnx");

        using ImageSet set = ImageSet.Open(_folder);

        Assert.Equal(["B.webp", "a.JPG", "b/10.png", "b/2.png", "b/c/d.tiff"], set.Ids);
        Assert.Equal((_folder, 5), (set.Source, set.Count));
    }

    [Fact]
    public void Hidden_files_and_folders_are_left_out()
    {
        Write("a.png", ".hidden.png", ".git/b.png", "._a.png");

        using ImageSet set = ImageSet.Open(_folder);

        Assert.Equal(["a.png"], set.Ids);
    }

    [Fact]
    public void Reading_gives_the_bytes_of_the_file_to_many_threads()
    {
        Write([.. Enumerable.Range(0, 50).Select(i => $"{i:D2}.png")]);
        using ImageSet set = ImageSet.Open(_folder);

        Parallel.For(0, 500, i =>
        {
            using ImageBytes bytes = set.Read(i % 50);
            Assert.Equal($"{i % 50:D2}.png", System.Text.Encoding.UTF8.GetString(bytes.Span));
        });
    }

    [Fact]
    public void A_loop_of_links_ends_and_every_folder_is_read_once()
    {
        Write("a/1.png", "b/2.png", "../outside-" + Path.GetFileName(_folder) + "/3.png");
        string outside = Path.Combine(Path.GetDirectoryName(_folder)!, "outside-" + Path.GetFileName(_folder));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "up"), "..");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "b", "a"), Path.Combine(_folder, "a"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "self"), "self");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), outside);
        Directory.CreateSymbolicLink(Path.Combine(outside, "back"), _folder);
        try
        {
            using ImageSet set = ImageSet.Open(_folder);

            Assert.Equal(["a/1.png", "b/2.png", "linked/3.png"], set.Ids);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Theory]
    [InlineData("*.png", "x.png")]
    [InlineData("**/*.png", "a/1.png a/b/2.png a/b/c/30.png x.png")]
    [InlineData("a/*.png", "1.png")]
    [InlineData("a/**", "1.png b/2.png b/c/30.png b/q.jpg")]
    [InlineData("a/b/*.{png,jpg}", "2.png q.jpg")]
    [InlineData("a/b/?.png", "2.png")]
    [InlineData("*/b/c/[3]0.png", null)]
    [InlineData("a/**/??.png", "b/c/30.png")]
    public void A_pattern_gives_ids_relative_to_its_fixed_part(string pattern, string? ids)
    {
        Write("x.png", "a/1.png", "a/b/2.png", "a/b/q.jpg", "a/b/c/30.png");
        string location = _folder + "/" + pattern;
        if (ids is null)
        {
            Assert.Equal(DataErrors.ImageSetEmpty, Assert.Throws<UserErrorException>(() => ImageSet.Open(location)).Code);
            return;
        }

        using ImageSet set = ImageSet.Open(location);

        Assert.Equal(ids.Split(' '), set.Ids);
        using ImageBytes bytes = set.Read(0);
        Assert.EndsWith(set.Ids[0], System.Text.Encoding.UTF8.GetString(bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_keeps_its_order_and_repetitions()
    {
        Write("a.png", "sub/b.bin");
        string list = Text("list.txt", "# images\r\n\r\nsub/b.bin\n  a.png  \nsub/b.bin\n");

        using ImageSet set = ImageSet.Open(list);

        Assert.Equal(["sub/b.bin", "a.png", "sub/b.bin"], set.Ids);
        using ImageBytes bytes = set.Read(1);
        Assert.Equal("a.png", System.Text.Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public void A_missing_file_of_a_list_is_named_with_its_line()
    {
        Write("a.png");
        string list = Text("list.lst", "a.png\n\nb.png\n");

        var error = Assert.Throws<UserErrorException>(() => ImageSet.Open(list));

        Assert.Equal(DataErrors.ImageListInvalid, error.Code);
        Assert.Equal(new SourceLocation(list, 3, 1), error.Location);
        Assert.Contains("'b.png'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_set_is_an_error()
    {
        Write("notes.md");
        string list = Text("list.txt", "# nothing\n");

        Assert.Equal(DataErrors.ImageSetEmpty, Assert.Throws<UserErrorException>(() => ImageSet.Open(_folder)).Code);
        Assert.Equal(DataErrors.ImageSetEmpty, Assert.Throws<UserErrorException>(() => ImageSet.Open(list)).Code);
        Assert.Equal(DataErrors.ImageSetEmpty, Assert.Throws<UserErrorException>(() => ImageSet.Open(Zip(("a.txt", [1])))).Code);
    }

    [Theory]
    [InlineData("smaples", "samples")]
    [InlineData("Samples", "samples")]
    [InlineData("sample/deep/er", "samples")]
    public void A_misspelt_location_is_met_with_the_nearest_name(string typed, string meant)
    {
        Write("samples/a.png", "unrelated/b.png");

        var error = Assert.Throws<UserErrorException>(() => ImageSet.Open(Path.Combine(_folder, typed)));

        Assert.Equal(DataErrors.ImageSetNotFound, error.Code);
        Assert.Contains($"Did you mean '{_folder}/{meant}'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_images_than_the_limit_are_an_error()
    {
        Write("a.png", "b.png", "c.png");

        var error = Assert.Throws<UserErrorException>(() => ImageSet.Open(_folder, new ImageSetLimits { MaxImages = 2 }));

        Assert.Equal(DataErrors.TooManyImages, error.Code);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_read()
    {
        Write("a-long-name.png");
        using ImageSet set = ImageSet.Open(_folder, new ImageSetLimits { MaxImageBytes = 10 });

        Assert.Equal(DataErrors.ImageTooLarge, Assert.Throws<UserErrorException>(() => set.Read(0)).Code);
    }

    [Fact]
    public void A_file_that_vanished_is_an_error_that_names_it()
    {
        Write("a.png");
        using ImageSet set = ImageSet.Open(_folder);
        File.Delete(Path.Combine(_folder, "a.png"));

        var error = Assert.Throws<UserErrorException>(() => set.Read(0));

        Assert.Equal(DataErrors.ImageUnreadable, error.Code);
        Assert.Contains("'a.png'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/real", true)]
    [InlineData("out/**/*.png", true)]
    [InlineData("a.zip", true)]
    [InlineData("features.safetensors", false)]
    [InlineData("features.NPY", false)]
    [InlineData("stats.npz", false)]
    [InlineData("stats.npz#mu", false)]
    [InlineData("folder#1", true)]
    public void Feature_files_are_told_from_images_by_their_ending(string location, bool isImages) =>
        Assert.Equal(isImages, ImageSet.IsImageLocation(location));

    [Fact]
    public void An_archive_gives_its_images_in_ordinal_order_to_many_threads()
    {
        byte[] big = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7 >> 3))];
        string zip = Zip(("b/2.png", [2]), ("b/10.png", big), ("a.jpg", [1]), ("__MACOSX/b/._2.png", [9]), ("readme.md", [0]), ("b/.x.png", [8]));
        using ImageSet set = ImageSet.Open(zip);

        Assert.Equal(["a.jpg", "b/10.png", "b/2.png"], set.Ids);
        Parallel.For(0, 100, i =>
        {
            using ImageBytes bytes = set.Read(i % 3);
            Assert.Equal(i % 3 == 0 ? [1] : i % 3 == 1 ? big : [2], bytes.Span.ToArray());
        });
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("x/../../a.png")]
    [InlineData("/etc/a.png")]
    [InlineData("C:\\a.png")]
    [InlineData("x\\..\\..\\a.png")]
    public void An_archive_with_unsafe_names_is_refused(string name)
    {
        var error = Assert.Throws<UserErrorException>(() => ImageSet.Open(Zip((name, [1]))));

        Assert.Equal(DataErrors.ImageArchiveRefused, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decompression_bomb_is_refused_by_its_table_of_contents()
    {
        string zip = Zip(("bomb.png", new byte[2_000_000]));

        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(zip, new ImageSetLimits { MaxCompression = 100 }));
        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(zip, new ImageSetLimits { MaxCompression = 5000, MaxImageBytes = 1_000_000 }));
        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(zip, new ImageSetLimits { MaxCompression = 5000, MaxArchiveBytes = 1_000_000 }));
        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(zip, new ImageSetLimits { MaxCompression = 5000, MaxImages = 0 }));
    }

    [Fact]
    public void A_damaged_archive_is_a_clear_error()
    {
        string zip = Zip(("a.png", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))]));
        byte[] bytes = File.ReadAllBytes(zip);
        bytes[200] ^= 0x55;
        File.WriteAllBytes(zip, bytes);
        string cut = Path.Combine(_folder, "cut.zip");
        File.WriteAllBytes(cut, bytes[..^30]);

        using ImageSet set = ImageSet.Open(zip);

        Assert.Equal(DataErrors.ImageArchiveRefused, Assert.Throws<UserErrorException>(() => set.Read(0)).Code);
        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(cut, ImageSetLimits.Default));
    }

    [Fact]
    public void Two_entries_of_one_name_are_refused()
    {
        Assert.Equal(DataErrors.ImageArchiveRefused, Refusal(Zip(("a.png", [1]), ("a.png", [2])), ImageSetLimits.Default));
    }

    private static ErrorCode Refusal(string location, ImageSetLimits limits) =>
        Assert.Throws<UserErrorException>(() => ImageSet.Open(location, limits)).Code;

    private void Write(params string[] paths)
    {
        foreach (string path in paths)
        {
            string full = Path.GetFullPath(Path.Combine(_folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, path);
        }
    }

    private string Text(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private string Zip(params (string Name, byte[] Bytes)[] entries)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".zip");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in entries)
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(bytes);
        }

        return path;
    }
}
