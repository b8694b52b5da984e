using System.Text.Json.Nodes;
using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Features.Models;
using QualityGate.Specs;

namespace QualityGate.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public void An_added_model_is_whole_and_says_what_it_was_made_of()
    {
        AddedModel added = _fixture.Add();
        ModelEntry entry = _fixture.Store.Read(StoreFixture.Name);
        Assert.Equal("qualitygate.model/1", entry.Schema);
        Assert.Equal(new ModelSource("tiny-weights.pth", StoreFixture.WeightHash, 64, "https://models.example/tiny-weights.pth"), entry.Source);
        Assert.Equal(("MIT", "pytorch-fid", "1.2.3"), (entry.Licence, entry.Recipe, entry.Tool));
        Assert.Equal([new ModelOutput("features", "[batch, 4]"), new ModelOutput("logits", "[batch, 2]")], entry.Outputs);
        Assert.Equal(5, entry.Files.Count);
        Assert.Equal(StoreFixture.Network().Length, entry.Model.Bytes);
        Assert.Equal((4, 2), (added.Check!.FeatureWidth, added.Check.LogitWidth));
        Assert.True(added.Check.StandardDeviation > 0);
        Assert.Empty(_fixture.Store.DamageOf(StoreFixture.Name, CancellationToken.None));
        Assert.Equal([StoreFixture.Name], _fixture.Folders());
    }

    [Fact]
    public void Its_recipes_are_extractors_by_name_and_feed_it_differently()
    {
        _fixture.Add();
        string[] names = [StoreFixture.Name, "tiny-fid:pytorch-fid", "tiny-fid:torch-fidelity", "tiny-fid:clean-fid"];
        Assert.Equal(names.Order(StringComparer.Ordinal), Assert.Single(_fixture.Store.List()).Recipes);
        ExtractorRecipe[] recipes = [.. names.Select(n => ExtractorSource.Resolve(n, _fixture.Folder, _fixture.Store.Places))];
        Assert.Equal(names, recipes.Select(r => r.Name));
        Assert.All(recipes, r => Assert.Equal(_fixture.At("model.onnx"), r.ModelPath));
        Assert.Equal([ResizeMethod.Bilinear, ResizeMethod.Bilinear, ResizeMethod.BilinearTf1, ResizeMethod.BicubicAntialias], recipes.Select(r => r.Preprocessing.Resize));
        Assert.Equal(3, recipes.Select(r => ExtractorIdentity.Of(r).Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData("inception-v3-fid", "the model `inception-v3-fid` is not in the store yet; run: qualitygate models add inception-v3-fid")]
    [InlineData("inception-v3-fid:clean-fid", "run: qualitygate models add inception-v3-fid")]
    [InlineData("inception-v3-fid:clean", "has no recipe `clean`")]
    [InlineData("tiny-fid:clean-fit", "has no recipe `clean-fit`; did you mean `clean-fid`?")]
    [InlineData("tiny-fit", "did you mean `tiny-fid`?")]
    [InlineData("inception-v3", "did you mean `inception-v3-fid`?")]
    [InlineData("../tiny-fid", "unknown extractor `../tiny-fid`")]
    [InlineData("tiny-fid:../tiny-fid", "unknown extractor `tiny-fid:../tiny-fid`")]
    [InlineData("tiny-fid:", "unknown extractor `tiny-fid:`")]
    public void A_name_that_leads_nowhere_says_what_to_do(string name, string expected)
    {
        _fixture.Add();
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorSource.Resolve(name, _fixture.Folder, _fixture.Store.Places));
        Assert.Equal(SpecErrors.UnknownExtractor, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_known_model_has_recipes_that_are_known_and_a_name_that_can_be_stored()
    {
        Assert.Equal(DownloadableModels.Names, KnownModels.All.Select(m => m.Name));
        Assert.All(KnownModels.All, m =>
        {
            Assert.True(StorePlaces.IsName(m.Name));
            Assert.NotEmpty(m.Recipes);
            Assert.All(m.Recipes, r => Assert.Contains(r, NetworkRecipes.Names));
            Assert.Equal("https", m.Source!.Scheme);
            Assert.NotEmpty(m.LicenceNote);
            Assert.Contains(m.Sha256OrPrefix, m.FileName, StringComparison.Ordinal);
        });
        Assert.Equal(KnownModels.All.Count, KnownModels.All.Select(m => m.FileName).Distinct().Count());
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("dinov2-vits14.v2_x", true)]
    [InlineData("0", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("-a", false)]
    [InlineData("A", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a:b", false)]
    [InlineData("a\n", false)]
    [InlineData("..", false)]
    [InlineData("a.", false)]
    [InlineData("a.onnx", false)]
    [InlineData("a.extractor.yaml", false)]
    [InlineData("é", false)]
    public void Names_are_plain(string name, bool isName) => Assert.Equal(isName, StorePlaces.IsName(name));

    [Fact]
    public void Names_have_at_most_64_characters()
    {
        Assert.True(StorePlaces.IsName(new string('a', 64)));
        Assert.False(StorePlaces.IsName(new string('a', 65)));
        Assert.Throws<ArgumentException>(() => _fixture.Store.Places.FolderOf("../x"));
    }

    [Theory]
    [InlineData("/a/b", "/c", "/a/b")]
    [InlineData(null, "/c", "/c/qualitygate")]
    [InlineData("", "relative", "/home/data/qualitygate")]
    [InlineData(null, null, "/home/data/qualitygate")]
    public void The_store_lies_where_the_environment_says(string? home, string? data, string expected)
    {
        StorePlaces places = StorePlaces.Of(name => name == "QUALITYGATE_HOME" ? home : name == "XDG_DATA_HOME" ? data : null, "/home/data");
        Assert.Equal(Path.GetFullPath(expected), places.Folder);
    }

    [Fact]
    public void Damage_is_found_in_every_file()
    {
        _fixture.Add();
        using (FileStream file = File.OpenWrite(_fixture.At("model.onnx")))
        {
            file.Seek(20, SeekOrigin.Begin);
            file.WriteByte(0xFF);
        }

        File.AppendAllText(_fixture.At("tiny-fid.extractor.yaml"), "# more\n");
        File.Delete(_fixture.At("tiny-fid.clean-fid.extractor.yaml"));
        File.WriteAllText(_fixture.At("tiny-fid.mine.extractor.yaml"), "");
        IReadOnlyList<string> damage = _fixture.Store.DamageOf(StoreFixture.Name, CancellationToken.None);
        Assert.Equal(4, damage.Count);
        Assert.Contains("model.onnx has other bytes than were written", damage);
        Assert.Contains("tiny-fid.clean-fid.extractor.yaml is missing", damage);
        Assert.Contains("tiny-fid.mine.extractor.yaml was not written by this tool", damage);
    }

    [Fact]
    public void Adding_again_mends_a_damaged_model()
    {
        _fixture.Add();
        File.Delete(_fixture.At("model.onnx"));
        _fixture.Add();
        Assert.Empty(_fixture.Store.DamageOf(StoreFixture.Name, CancellationToken.None));
        Assert.Equal([StoreFixture.Name], _fixture.Folders());
    }

    [Theory]
    [InlineData("extra", "1", "extra")]
    [InlineData("schema", "\"qualitygate.model/2\"", "this version reads 'qualitygate.model/1'")]
    [InlineData("schema", "\"other\"", "schema is not that of a model")]
    [InlineData("schema", "7", "schema is not that of a model")]
    [InlineData("name", "\"other\"", "it is the entry of 'other'")]
    [InlineData("licence", "null", "licence")]
    [InlineData("licence", "[]", "licence")]
    [InlineData("created", "\"yesterday\"", "created")]
    [InlineData("files", "[]", "names no model.onnx")]
    [InlineData("files", "[null]", "lists cannot be")]
    [InlineData("files", "[{\"file\":\"../../secret\",\"sha256\":\"\",\"bytes\":1}]", "does not lie in the model's folder")]
    [InlineData("files", "[{\"file\":\"/etc/passwd\",\"sha256\":\"\",\"bytes\":1}]", "does not lie in the model's folder")]
    [InlineData("files", "[{\"file\":\"model.onnx\",\"sha256\":\"abc\",\"bytes\":1}]", "hash or length")]
    [InlineData("files", "[{\"file\":\"model.onnx\",\"sha256\":\"abc\"}]", "bytes")]
    public void A_wrong_entry_is_a_clear_error_and_hinders_no_other_model(string property, string value, string expected)
    {
        _fixture.Add();
        CopyAs("other");
        JsonObject entry = JsonNode.Parse(File.ReadAllText(_fixture.At("entry.json")))!.AsObject();
        entry[property] = JsonNode.Parse(value);
        File.WriteAllText(_fixture.At("entry.json"), entry.ToJsonString());
        UserErrorException error = Assert.Throws<UserErrorException>(() => _fixture.Store.Read(StoreFixture.Name));
        Assert.Equal(ModelErrors.BadEntry, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        IReadOnlyList<StoredModel> all = _fixture.Store.List();
        Assert.Equal(["other", StoreFixture.Name], all.Select(m => m.Name));
        Assert.Null(all[0].Problem);
        Assert.Equal(error.Message, all[1].Problem);
        Assert.Equal("other", ExtractorSource.Resolve("other", _fixture.Folder, _fixture.Store.Places).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"qualitygate.model/1\"}")]
    [InlineData("{\"schema\":\"qualitygate.model/1\",\"schema\":\"qualitygate.model/1\"}")]
    [InlineData("null")]
    public void An_entry_that_is_none_is_a_clear_error(string text)
    {
        _fixture.Add();
        File.WriteAllText(_fixture.At("entry.json"), text);
        Assert.Equal(ModelErrors.BadEntry, Assert.Throws<UserErrorException>(() => _fixture.Store.Read(StoreFixture.Name)).Code);
        File.Delete(_fixture.At("entry.json"));
        Assert.Equal(ModelErrors.BadEntry, Assert.Throws<UserErrorException>(() => _fixture.Store.DamageOf(StoreFixture.Name, CancellationToken.None)).Code);
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_and_what_a_living_one_writes_stays()
    {
        _fixture.Add();
        Directory.CreateDirectory(Path.Combine(_fixture.Store.Places.Models, ".new-dead", "deep"));
        Directory.CreateDirectory(Path.Combine(_fixture.Store.Places.Models, ".old-dead"));
        Directory.CreateDirectory(Path.Combine(_fixture.Store.Places.Models, ".new-alive"));
        using (StoreLock.Take(_fixture.Store.Places, "alive", null, CancellationToken.None))
        {
            _fixture.Store.Sweep();
        }

        Assert.Equal([".new-alive", StoreFixture.Name], _fixture.Folders());
        _fixture.Store.Sweep();
        Assert.Equal([StoreFixture.Name], _fixture.Folders());
    }

    [Fact]
    public void A_removed_model_is_gone_and_cannot_be_removed_again()
    {
        _fixture.Add();
        using StoreLock held = StoreLock.Take(_fixture.Store.Places, StoreFixture.Name, null, CancellationToken.None);
        _fixture.Store.Remove(held);
        Assert.Empty(_fixture.Folders());
        Assert.Equal(ModelErrors.NotInStore, Assert.Throws<UserErrorException>(() => _fixture.Store.Remove(held)).Code);
    }

    [Fact]
    public void A_lock_is_waited_for_and_the_waiting_can_end()
    {
        using StoreLock held = StoreLock.Take(_fixture.Store.Places, "a", null, CancellationToken.None);
        using CancellationTokenSource cancellation = new();
        Assert.ThrowsAny<OperationCanceledException>(() => StoreLock.Take(_fixture.Store.Places, "a", cancellation.Cancel, cancellation.Token));
        StoreLock.Take(_fixture.Store.Places, "b", () => Assert.Fail("waited for another name"), CancellationToken.None).Dispose();
    }

    [Fact]
    public void Weights_with_another_hash_are_refused_and_nothing_is_stored()
    {
        Refused(ModelErrors.WrongHash, () => _fixture.Add(StoreFixture.Model(hash: "00000000")), "the published one begins with 00000000");
        Refused(ModelErrors.WrongHash, () => _fixture.Add(sha256: new string('0', 64)), "--sha256 demands 0000");
        _fixture.Add(sha256: StoreFixture.WeightHash);
    }

    [Fact]
    public void A_conversion_that_fails_stores_nothing()
    {
        Refused(ModelErrors.NotConverted, () => _fixture.Add(StoreFixture.Model(_ => throw new InvalidDataException("no tensor fc.weight"))), "no tensor fc.weight");
        Refused(DataErrors.ModelInputMismatch, () => _fixture.Add(StoreFixture.Model(_ => Onnx.TinyNetwork.Build())), "299");
        Refused(DataErrors.NotAnOnnxModel, () => _fixture.Add(StoreFixture.Model(_ => [1, 2, 3])), "");
    }

    [Fact]
    public void A_model_that_makes_no_numbers_is_not_stored() =>
        Refused(ModelErrors.CheckFailed, () => _fixture.Add(StoreFixture.Model(_ => StoreFixture.Network(float.PositiveInfinity))), "no finite numbers");

    [Fact]
    public void A_model_without_a_converter_says_so() =>
        Refused(ModelErrors.NotConverted, () => ModelAddition.RequireConverter(StoreFixture.Model() with { Convert = null }), "cannot make `tiny-fid`");

    [Theory]
    [InlineData("sha256:", true)]
    [InlineData("", true)]
    [InlineData("x", false)]
    public void Hashes_are_read_as_people_paste_them(string prefix, bool isHash) =>
        Assert.Equal(isHash ? StoreFixture.WeightHash : null, WeightsHash.Parse($" {prefix}{StoreFixture.WeightHash.ToUpperInvariant()}\n"));

    public void Dispose() => _fixture.Dispose();

    private void Refused(ErrorCode code, Action action, string part)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(action);
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Folders());
    }

    private void CopyAs(string name)
    {
        string folder = _fixture.Store.Places.FolderOf(name);
        Directory.CreateDirectory(folder);
        File.Copy(_fixture.At("model.onnx"), Path.Combine(folder, "model.onnx"));
        File.Copy(_fixture.At("tiny-fid.extractor.yaml"), Path.Combine(folder, $"{name}.extractor.yaml"));
        File.WriteAllText(Path.Combine(folder, "entry.json"), File.ReadAllText(_fixture.At("entry.json")).Replace("\"tiny-fid\"", $"\"{name}\"", StringComparison.Ordinal));
    }
}
