using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Images.Pictures;
using QualityGate.Onnx;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tests.Images.Masks;

/// <summary>Features are the four pixels of each image, so that what a mask did can be read off.</summary>
public sealed class MaskedExtractionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-masked-").FullName;

    public MaskedExtractionTests()
    {
        Write("set/a.png", [10, 20, 30, 40]);
        Write("set/b.png", [50, 60, 70, 80]);
        Write("set/c.png", [90, 100, 110, 120]);
        Write("masks/a.png", [255, 0, 0, 255]);
        Write("masks/b.png", [0, 0, 0, 0]);
        Write("masks/c.png", [255, 255, 255, 255]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("none", "10 20 30 40", "50 60 70 80", "90 100 110 120")]
    [InlineData("hard", "10 0 0 40", "0 0 0 0", "90 100 110 120")]
    [InlineData("inverse", "0 20 30 0", "50 60 70 80", "0 0 0 0")]
    [InlineData("soft:0.5", "10 10 15 40", "25 30 35 40", "90 100 110 120")]
    [InlineData("replace:#010101", "10 1 1 40", "1 1 1 1", "90 100 110 120")]
    public void Pixels_are_masked_before_they_are_preprocessed(string mode, params string[] expected) => Assert.Equal(expected, Rows(Load(mode)));

    [Fact]
    public void Cached_features_of_one_mode_never_serve_another()
    {
        string[] modes = ["none", "hard", "soft:0.5", "soft:0.25", "inverse", "replace:#000001", "replace:swap:1", "replace:swap:2"];
        List<string?> fingerprints = [];
        foreach (string mode in modes)
        {
            ExtractionResult first = Load(mode), again = Load(mode);
            Assert.Equal((3, 0), (first.Computed, again.Computed));
            Assert.Equal(Rows(first), Rows(again));
            fingerprints.Add(first.Set.ExtractorFingerprint);
        }

        Assert.Equal(modes.Length, fingerprints.Distinct().Count());
        Assert.Equal(3, Load("hard", values: "0..127").Computed);
    }

    [Fact]
    public void A_changed_mask_of_an_unchanged_image_is_measured_anew()
    {
        Assert.Equal(3, Load("hard").Computed);
        Write("masks/a.png", [0, 255, 255, 0]);
        ExtractionResult result = Load("hard");
        Assert.Equal((1, "0 20 30 0"), (result.Computed, Rows(result)[0]));
    }

    [Fact]
    public void Equal_images_with_different_masks_have_features_of_their_own()
    {
        Write("set/d.png", [10, 20, 30, 40]);
        Write("masks/d.png", [0, 255, 255, 0]);
        Assert.Equal(["10 0 0 40", "0 0 0 0", "90 100 110 120", "0 20 30 0"], Rows(Load("hard")));
    }

    [Fact]
    public void Swapped_backgrounds_come_from_another_image_and_each_image_gives_once()
    {
        File.Delete(Path.Combine(_folder, "masks", "c.png"));
        Write("masks/c.png", [0, 0, 0, 0]);
        Write("masks/a.png", [0, 0, 0, 0]);
        string[] before = Rows(Load("none")), after = Rows(Load("replace:swap:3"));
        Assert.Equal(before.Order(), after.Order());
        Assert.All(before.Zip(after), pair => Assert.NotEqual(pair.First, pair.Second));
        Write("set/a.png", [1, 2, 3, 4]);
        Assert.Contains("1 2 3 4", Rows(Load("replace:swap:3")));
    }

    [Fact]
    public void Masks_without_object_or_background_are_counted_and_named() => Assert.Equal(
        ["Images of the candidate that have a mask without object: 1 (b.png).", "Images of the candidate that have a mask without background: 1 (c.png)."],
        Load("hard").Masks!.Notes("candidate"));

    [Fact]
    public void A_missing_mask_is_an_error_or_all_object_or_left_out()
    {
        File.Delete(Path.Combine(_folder, "masks", "a.png"));
        UserErrorException error = Assert.Throws<UserErrorException>(() => Load("hard"));
        Assert.Equal(DataErrors.MaskMissing, error.Code);
        Assert.Contains("1 of 3 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("a.png", error.Message, StringComparison.Ordinal);

        ExtractionResult full = Load("hard", OnMissingMask.Full), skipped = Load("hard", OnMissingMask.Skip);
        Assert.Equal("10 20 30 40", Rows(full)[0]);
        Assert.Contains("Images of the candidate that have no mask and count as all object: 1 (a.png).", full.Masks!.Notes("candidate"));
        Assert.Equal(["b.png", "c.png"], skipped.Set.Ids!);
        Assert.Contains("Images of the candidate that have no mask and were left out: 1 (a.png).", skipped.Masks!.Notes("candidate"));
    }

    [Fact]
    public void An_unreadable_mask_is_treated_as_an_unreadable_image()
    {
        File.WriteAllText(Path.Combine(_folder, "masks", "b.png"), "no image");
        Assert.Equal(DataErrors.UnreadableImages, Assert.Throws<UserErrorException>(() => Load("hard")).Code);
        ExtractionResult skipped = Load("hard", unreadable: OnUnreadable.Skip);
        Assert.Equal(["a.png", "c.png"], skipped.Set.Ids!);
        Assert.Equal(["b.png"], skipped.Masks!.Unreadable);
    }

    // The network gives two channels: the pixel, and 75 - the pixel; so from 37.5 on the first is the larger.
    [Theory]
    [InlineData(null, 60.0, "0 0 0 0", "0 60 70 80")]
    [InlineData("0", 0.5, "0 0 0 40", "50 60 70 80")]
    [InlineData("1", 0.5, "10 20 30 0", "0 0 0 0")]
    public void A_network_finds_the_object(string? classes, double threshold, string first, string second)
    {
        ExtractionResult result = Load("hard", source: SegmentationModel(), classes: classes, threshold: threshold);
        Assert.Equal([first, second], Rows(result)[..2]);
        ExtractionResult again = Load("hard", source: SegmentationModel(), classes: classes, threshold: threshold);
        Assert.Equal(0, again.Computed);
    }

    [Fact]
    public void A_network_whose_map_is_of_another_size_is_an_error() => Assert.Equal(
        DataErrors.MaskModel,
        Assert.Throws<UserErrorException>(() => Load("hard", source: Model("pooled", g => g.Node("GlobalAveragePool", ["image"]), 1, 1))).Code);

    [Fact]
    public void Masks_of_two_kinds_are_an_error()
    {
        MaskSettings masks = new() { Reference = new Located<string>("alpha", null), Candidate = new Located<string>(Path.Combine(_folder, "masks"), null) };
        using FeatureSource source = new(Recipe(), Options(), OnUnreadable.Error, ComputeDevice.Cpu) { Masks = masks };
        Assert.Equal(DataErrors.MaskSource, Assert.Throws<UserErrorException>(() => source.Identity).Code);
    }

    private ExtractionResult Load(
        string mode,
        OnMissingMask missing = OnMissingMask.Error,
        OnUnreadable unreadable = OnUnreadable.Error,
        string values = "128..255",
        string? source = null,
        string? classes = null,
        double threshold = 0.5)
    {
        Assert.True(MaskMode.TryParse(mode, out MaskMode known));
        Assert.True(MaskValues.TryParse(values, out MaskValues? bytes));
        MaskSettings masks = new()
        {
            Candidate = new Located<string>(source ?? Path.Combine(_folder, "masks"), null),
            Mode = known,
            Values = bytes,
            OnMissing = missing,
            Threshold = threshold,
            Classes = MaskValues.TryParse(classes, out MaskValues? numbers) ? numbers : null,
        };
        using FeatureSource features = new(Recipe(), Options(), unreadable, ComputeDevice.Cpu) { Masks = masks };
        return features.Load(Path.Combine(_folder, "set"), "candidate", null, CancellationToken.None);
    }

    private GateRunOptions Options() => new() { Tool = new ToolInfo("test", "1.0.0"), CacheFolder = Path.Combine(_folder, "cache"), Workers = 2 };

    private static string[] Rows(ExtractionResult result) =>
        [.. Enumerable.Range(0, result.Set.Count).Select(i => string.Join(' ', result.Set.Features!.Row(i).ToArray()))];

    private ExtractorRecipe Recipe()
    {
        string path = Model("pixels", g => g.Flatten("image"), 4);
        return ExtractorSource.Resolve(path, _folder);
    }

    private string SegmentationModel() => Model("objects", g =>
    {
        string turned = g.Node("Sub", [g.Initializer("level", [75f], 1), "image"]);
        return g.Node("Concat", ["image", turned], NodeParameter.Of("axis", 1));
    }, 2, 1, 4);

    private string Model(string name, Func<GraphBuilder, string> make, params long[] shape)
    {
        string path = Path.Combine(_folder, name + ".onnx");
        GraphBuilder graph = new(name);
        graph.Input("image", OnnxElementType.Float, "batch", 1, 1, 4);
        string output = graph.Identity(make(graph), "out");
        graph.Output(output, OnnxElementType.Float, ["batch", .. shape.Select(axis => (OnnxDimension)axis)]);
        File.WriteAllBytes(path, graph.ToModelBytes());
        File.WriteAllText(
            Path.Combine(_folder, name + ".extractor.yaml"),
            $"model: {name}.onnx\ninput:\n  color: gray\n  size: [1, 4]\n  scale: 1\n  offset: 0\noutputs:\n  features: out\n");
        return path;
    }

    private void Write(string name, byte[] row)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngEncoder.Encode(row.Length, 1, 1, row));
    }
}
