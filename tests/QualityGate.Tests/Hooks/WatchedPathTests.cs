using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Tests.Specs;
using QualityGate.Tool.Hooks;

namespace QualityGate.Tests.Hooks;

public sealed class WatchedPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gate.yaml", "spec")]
    [InlineData("gate.lock.json", "lock")]
    [InlineData("base/line.safetensors", "baseline")]
    [InlineData("real/a.png", "reference")]
    [InlineData("real/deep/b.JPG", "reference")]
    [InlineData("real/notes.md", null)]
    [InlineData("really/a.png", null)]
    [InlineData("real", "reference")]
    [InlineData("out/x/1.png", "candidate")]
    [InlineData("out/x/y/2.png", "candidate")]
    [InlineData("out/x/3.jpg", null)]
    [InlineData("out", "candidate")]
    [InlineData("model.onnx", "model")]
    [InlineData("model.onnx.data", "model")]
    [InlineData("feed.extractor.yaml", "recipe")]
    [InlineData("labels.csv", "reference labels")]
    [InlineData("sizes.json", "sample sizes")]
    [InlineData("gate.yaml.bak", null)]
    [InlineData("README.md", null)]
    public void A_change_concerns_the_spec_when_the_spec_depends_on_it(string file, string? name)
    {
        _folder.Write("model.onnx", "no model");
        _folder.Write("feed.extractor.yaml", "model: model.onnx\ninput: { size: 8 }\noutputs: { features: f }\n");
        IReadOnlyList<WatchedPath> watched = Watched("""
            reference: real
            candidate: out/**/*.png
            extractor: feed.extractor.yaml
            baseline: base/line.safetensors
            labels: { reference: labels.csv, candidate: folders }
            sample_sizes: sizes.json
            """);
        Assert.Equal(name, watched.FirstOrDefault(w => w.Covers(Path.Combine(_folder.Path, file)))?.Name);
    }

    [Fact]
    public void Files_that_a_list_names_and_arrays_in_a_file_belong_to_the_set()
    {
        _folder.Write("lists/a.txt", "# images\n../elsewhere/1.png\n\nb.dat\n");
        IReadOnlyList<WatchedPath> watched = Watched("reference: lists/a.txt\ncandidate: all.npz#fake\nextractor: random-vgg16");
        foreach (string file in new[] { "lists/a.txt", "elsewhere/1.png", "lists/b.dat", "all.npz" })
        {
            Assert.Contains(watched, w => w.Covers(Path.GetFullPath(Path.Combine(_folder.Path, file))));
        }

        Assert.DoesNotContain(watched, w => w.Covers(Path.Combine(_folder.Path, "elsewhere", "2.png")));
    }

    private IReadOnlyList<WatchedPath> Watched(string keys) => WatchedPath.Of(SpecReader.Read(
        _folder.Write("gate.yaml", $"version: 1\n{keys}\ngates: {{ fid: {{ max: 1 }} }}\n"), MetricRegistry.Catalogue));
}
