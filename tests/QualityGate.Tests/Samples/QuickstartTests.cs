using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

public sealed class QuickstartTests
{
    private static readonly string[] Candidates = ["good", "class-missing", "blurred", "repeated"];

    [Fact]
    public void Drawing_again_gives_the_pixels_of_the_manifest()
    {
        var drawn = new Dictionary<Scene, (Raster Picture, Raster Mask)>();
        IReadOnlyList<PlannedImage> plan = QuickstartPlan.Draw();
        foreach (Scene scene in plan.Select(image => image.Scene).Distinct()) drawn[scene] = scene.Draw();

        IEnumerable<ManifestEntry> entries = plan.Select(image => Manifest.Describe(image, drawn[image.Scene].Picture, drawn[image.Scene].Mask));

        Assert.Equal(QuickstartFolder.Manifest.Images, entries);
    }

    [Fact]
    public void The_committed_files_hold_the_pixels_of_the_manifest()
    {
        foreach (ManifestEntry entry in QuickstartFolder.Manifest.Images)
        {
            Assert.Equal((entry.File, entry.Pixels), (entry.File, QuickstartFolder.Read(entry.File).Fingerprint()));
            if (entry.Mask is null) continue;
            Assert.Equal((entry.File, entry.Mask), (entry.File, QuickstartFolder.Read("masks/" + entry.File).Fingerprint()));
        }
    }

    [Fact]
    public void The_manifest_is_written_as_it_is_read()
    {
        Assert.Equal(File.ReadAllText(QuickstartFolder.PathOf(Manifest.FileName)), QuickstartFolder.Manifest.ToJson());
    }

    [Fact]
    public void Every_image_in_the_folder_is_in_the_manifest()
    {
        IEnumerable<string> known = QuickstartFolder.Manifest.Images
            .SelectMany(entry => entry.Mask is null ? [entry.File] : new[] { entry.File, "masks/" + entry.File });

        IEnumerable<string> found = Directory.EnumerateFiles(QuickstartFolder.Root, "*.png", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(QuickstartFolder.Root, path).Replace('\\', '/'));

        Assert.Equal(known.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_whole_sample_stays_under_six_megabytes()
    {
        long bytes = new DirectoryInfo(QuickstartFolder.Root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.FullName.Contains("qualitygate-out", StringComparison.Ordinal))
            .Sum(file => file.Length);

        Assert.InRange(bytes, 1, 6_000_000);
    }

    [Fact]
    public void Every_set_holds_240_images()
    {
        Assert.All(Candidates.Prepend("reference"), set => Assert.Equal(240, QuickstartFolder.Set(set).Count()));
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("good")]
    public void The_kind_of_background_tells_nothing_of_the_class(string set)
    {
        var counts = QuickstartFolder.Set(set).CountBy(entry => (entry.Class, entry.Background)).ToList();

        Assert.Equal(6 * 4, counts.Count);
        Assert.All(counts, count => Assert.Equal(10, count.Value));
    }

    [Fact]
    public void No_picture_of_a_candidate_is_a_copy_of_a_reference_picture()
    {
        HashSet<string> reference = [.. QuickstartFolder.Set("reference").Select(entry => entry.Pixels)];

        Assert.Equal(240, reference.Count);
        Assert.DoesNotContain(Candidates.SelectMany(QuickstartFolder.Set), entry => reference.Contains(entry.Pixels));
    }

    [Fact]
    public void The_candidate_class_missing_lacks_the_disc_and_shares_its_place_among_the_others()
    {
        var counts = QuickstartFolder.Set("class-missing").CountBy(entry => entry.Class).ToDictionary();

        Assert.Equal(["cross", "ring", "square", "star", "triangle"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.All(counts.Values, count => Assert.Equal(48, count));
    }

    [Fact]
    public void The_candidate_repeated_is_one_file_many_times()
    {
        byte[][] files = [.. QuickstartFolder.Set("repeated").Select(entry => File.ReadAllBytes(QuickstartFolder.PathOf(entry.File)))];

        Assert.All(files, file => Assert.Equal(files[0], file));
    }

    [Fact]
    public void The_candidate_blurred_has_less_than_a_third_of_the_detail()
    {
        double sharp = QuickstartFolder.Set("reference").Average(entry => Detail(QuickstartFolder.Read(entry.File)));
        double blurred = QuickstartFolder.Set("blurred").Average(entry => Detail(QuickstartFolder.Read(entry.File)));

        Assert.InRange(blurred / sharp, 0, 1.0 / 3);
    }

    [Fact]
    public void The_bad_candidates_are_judged_by_the_gates_of_the_good_one()
    {
        string good = SettingsOf("qualitygate.yaml");

        Assert.Contains("candidate: good", good, StringComparison.Ordinal);
        Assert.All(
            Candidates.Skip(1),
            name => Assert.Equal(good.Replace("candidate: good", "candidate: " + name, StringComparison.Ordinal), SettingsOf(name + ".yaml")));
    }

    /// <summary>Mean difference between horizontal neighbours.</summary>
    private static double Detail(Raster image)
    {
        int stride = image.Width * image.Channels;
        return Enumerable.Range(0, image.Samples.Length)
            .Where(i => i % stride >= image.Channels)
            .Average(i => Math.Abs(image.Samples[i] - image.Samples[i - image.Channels]));
    }

    private static string SettingsOf(string spec)
    {
        IEnumerable<string> lines = File.ReadLines(QuickstartFolder.PathOf(spec))
            .Select(line => line.Split('#')[0].TrimEnd())
            .Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }
}
