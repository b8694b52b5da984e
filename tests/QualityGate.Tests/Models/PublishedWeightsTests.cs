using System.Runtime.InteropServices;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Features.Models;
using QualityGate.Specs;
using QualityGate.Tests.Onnx.Networks;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Models;

/// <summary>Files of weights of every published form, through the store, to the features that torch computes with the same weights.</summary>
public sealed class PublishedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public PublishedWeightsTests() => _store = new ModelStore(new StorePlaces(Path.Combine(_folder.Path, "store")));

    [Theory]
    [InlineData("inception-v3-fid", "inception", 299)]
    [InlineData("vgg16", "vgg16", 224)]
    [InlineData("dinov2-vits14", "dinov2", 224)]
    [InlineData("clip-vit-b32", "clip", 224)]
    public void A_state_dict_of_torch_becomes_a_stored_model_with_torchs_features(string model, string golden, int size)
    {
        GoldenNetwork expected = GoldenNetwork.Read(golden);
        string path = Path.Combine(_folder.Path, "weights.pth");
        using (var weights = new HashWeights(expected.Shapes)) TorchFile.Write(path, weights);
        AddedModel added = Add(model, path);
        Assert.Equal(model, added.Entry.Name);
        expected.Compare(File.ReadAllBytes(Path.Combine(_store.Places.FolderOf(model), StorePlaces.ModelFileName)), size);
    }

    [Theory]
    [InlineData("dinov2-vits14", "dinov2", false)]
    [InlineData("clip-vit-b32", "clip", false)]
    [InlineData("dinov2-vits14", "dinov2", true)]
    public void So_does_a_safetensors_file_in_single_and_in_half_precision(string model, string golden, bool half)
    {
        GoldenNetwork expected = GoldenNetwork.Read(golden);
        string path = Path.Combine(_folder.Path, "weights.safetensors");
        using (var weights = new HashWeights(expected.Shapes)) WriteSafetensors(path, weights, half);
        Add(model, path);
        expected.Compare(File.ReadAllBytes(Path.Combine(_store.Places.FolderOf(model), StorePlaces.ModelFileName)), 224, half ? 2e-2 : 1e-4);
    }

    [Fact]
    public void Every_recipe_of_Inception_is_an_extractor_of_its_own_and_spatial_features_have_2023_values()
    {
        string path = Path.Combine(_folder.Path, "weights.pth");
        using (var weights = new HashWeights(GoldenNetwork.Read("inception").Shapes)) TorchFile.Write(path, weights);
        Add("inception-v3-fid", path);
        foreach ((string name, int width, int? logits) in new (string, int, int?)[] { ("", 2048, 1008), (":pytorch-fid", 2048, 1008), (":torch-fidelity", 2048, 1008), (":clean-fid", 2048, 1008), (":sfid", 2023, null) })
        {
            ExtractorRecipe recipe = ExtractorSource.Resolve("inception-v3-fid" + name, _folder.Path, _store.Places);
            ModelCheck check = ModelCheck.Run(recipe);
            Assert.Equal((width, logits), (check.FeatureWidth, check.LogitWidth));
        }
    }

    [Theory]
    [InlineData(ModelPrecision.Fp16, 0.02)]
    [InlineData(ModelPrecision.Int8, 0.1)]
    public void A_lower_precision_is_a_model_of_its_own_with_its_error_written_down(ModelPrecision precision, double largest)
    {
        string path = Path.Combine(_folder.Path, "weights.pth");
        using (var weights = new HashWeights(GoldenNetwork.Read("dinov2").Shapes)) TorchFile.Write(path, weights);
        AddedModel added = Add("dinov2-vits14", path, precision);
        Assert.Equal(ModelPrecisions.NameOf("dinov2-vits14", precision), added.Entry.Name);
        PrecisionCheck check = _store.Read(added.Entry.Name).Precision!;
        Assert.Equal(precision.ToString().ToLowerInvariant(), check.Precision);
        Assert.InRange(check.RelativeError, 1e-6, largest);
        Assert.Equal(added.Entry.Name, ExtractorSource.Resolve(added.Entry.Name, _folder.Path, _store.Places).Name);
    }

    [Fact]
    public void Eight_bits_are_refused_where_they_gain_nothing()
    {
        string path = Path.Combine(_folder.Path, "weights.pth");
        using (var weights = new HashWeights(GoldenNetwork.Read("inception").Shapes)) TorchFile.Write(path, weights);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Add("inception-v3-fid", path, ModelPrecision.Int8));
        Assert.Contains("convolutions gain nothing", error.Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
    }

    [Theory]
    [InlineData("vgg16", "These are not weights of torchvision's VGG16: tensor 'features.0.weight' is missing")]
    [InlineData("inception-v3-fid", "These are not weights of the Inception network of FID")]
    public void Weights_of_another_network_leave_nothing_behind(string model, string reason)
    {
        string path = Path.Combine(_folder.Path, "weights.pth");
        using (var weights = new HashWeights(GoldenNetwork.Read("clip").Shapes)) TorchFile.Write(path, weights);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Add(model, path));
        Assert.Equal(ModelErrors.NotConverted, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void A_file_that_is_no_weights_is_refused()
    {
        string path = _folder.Write("weights.pth", "<html>log in first</html>");
        Assert.Contains("not a file of torch.save", Assert.Throws<UserErrorException>(() => Add("vgg16", path)).Message, StringComparison.Ordinal);
        Assert.Contains("too short", Assert.Throws<UserErrorException>(() => Add("vgg16", _folder.Write("short.pth", "x"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inception-v3-fid-fp16", "run: qualitygate models add inception-v3-fid --precision fp16")]
    [InlineData("clip-vit-b32-int8", "run: qualitygate models add clip-vit-b32 --precision int8")]
    public void A_missing_model_of_lower_precision_names_the_command_that_makes_it(string name, string command)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorSource.Resolve(name, _folder.Path, _store.Places));
        Assert.Contains(command, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private AddedModel Add(string name, string path, ModelPrecision precision = ModelPrecision.Fp32)
    {
        // Weights made here have another hash than the published ones.
        KnownModel model = (KnownModels.Find(name)! with { Sha256OrPrefix = "" }).At(precision);
        using StoreLock held = StoreLock.Take(_store.Places, model.Name, null, CancellationToken.None);
        return new ModelAddition(_store, TimeProvider.System, "1.2.3").Add(model, new ModelWeights(path, Path.GetFileName(path), null, null), held, CancellationToken.None);
    }

    private static void WriteSafetensors(string path, HashWeights weights, bool half)
    {
        int size = half ? 2 : 4;
        SafetensorsTensor[] tensors = [.. weights.Tensors.Select(pair => new SafetensorsTensor(pair.Key, half ? "F16" : "F32", [.. pair.Value.Shape], 0, pair.Value.Count * size))];
        using var writer = new SafetensorsWriter(path, tensors, []);
        for (int i = 0; i < tensors.Length; i++)
        {
            float[] values = weights.ReadSingles(tensors[i].Name);
            if (half) writer.Append(i, MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()));
            else writer.Append(i, MemoryMarshal.AsBytes(values.AsSpan()));
        }

        writer.Commit();
    }
}
