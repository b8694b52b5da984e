using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Specs;
using QualityGate.Tests.Onnx;

namespace QualityGate.Tests.Features.Extractors;

public sealed class ExtractorIdentityTests : IDisposable
{
    private readonly ExtractorFixture _fixture = new();

    [Fact]
    public void Everything_that_changes_features_changes_the_fingerprint()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        PreprocessingRecipe images = recipe.Preprocessing;
        ExtractorRecipe[] others =
        [
            recipe,
            recipe with { FeaturesOutput = TinyNetwork.Spatial, PoolMean = true },
            recipe with { PoolMean = true },
            recipe with { LogitsOutput = TinyNetwork.Features },
            recipe with { Preprocessing = images with { Resize = ResizeMethod.Area } },
            recipe with { Preprocessing = images with { ShorterSide = 16 } },
            recipe with { Preprocessing = images with { Color = ColorMode.Bgr } },
            recipe with { Preprocessing = images with { Scale = 0.5 } },
            recipe with { Preprocessing = images with { Offset = 0.5 } },
            recipe with { Preprocessing = images with { Scale = null, Offset = null, Mean = [0, 0, 0], Std = [1, 1, 1] } },
            recipe with { Preprocessing = images with { Scale = null, Offset = null, Mean = [0, 0, 0], Std = [1, 1, 2] } },
            recipe with { Preprocessing = images with { ApplyOrientation = true } },
        ];
        string[] fingerprints = others.Select(other => ExtractorIdentity.Of(other).Fingerprint).ToArray();
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.All(fingerprints, fingerprint => Assert.Matches("^sha256:[0-9a-f]{64}$", fingerprint));
    }

    [Fact]
    public void Where_the_model_lies_and_what_it_is_called_do_not_matter()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        string moved = Path.Combine(_fixture.Folder, "moved.onnx");
        File.Copy(recipe.ModelPath!, moved);
        ExtractorIdentity other = ExtractorIdentity.Of(recipe with { ModelPath = moved, Name = "other", InputName = "image" });
        Assert.Equal(ExtractorIdentity.Of(recipe).Fingerprint, other.Fingerprint);
        Assert.Equal("other", other.Name);
    }

    [Fact]
    public void Another_model_is_another_extractor()
    {
        string first = ExtractorIdentity.Of(_fixture.Recipe(TinyNetwork.Build())).Fingerprint;
        Assert.NotEqual(first, ExtractorIdentity.Of(_fixture.Recipe(TinyNetwork.Build(batch: 1))).Fingerprint);
    }

    [Fact]
    public void Every_parameter_of_a_built_in_counts()
    {
        ExtractorRecipe recipe = _fixture.Recipe([]) with { ModelPath = null };
        BuiltInParameters[] parameters =
        [
            new(0.5, 64, 64, 0), new(0.25, 64, 64, 0), new(0.5, 96, 64, 0), new(0.5, 64, 32, 0), new(0.5, 64, 64, 1),
        ];
        IEnumerable<string> fingerprints = parameters.Select(built => ExtractorIdentity.Of(recipe with { BuiltIn = built }).Fingerprint);
        Assert.Equal(parameters.Length, fingerprints.Distinct().Count());
    }

    [Fact]
    public void A_wrong_name_is_found_without_loading_the_model()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorIdentity.Of(_fixture.Recipe(TinyNetwork.Build(), "nothing")));
        Assert.Equal(DataErrors.UnknownTensor, error.Code);
    }

    public void Dispose() => _fixture.Dispose();
}
