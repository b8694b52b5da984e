using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;

namespace QualityGate.Tests.Features.Files;

public sealed class NumpyFeaturesTests
{
    [Theory]
    [InlineData("f2.npy")]
    [InlineData("f4.npy")]
    [InlineData("f8.npy")]
    [InlineData("big-f4.npy")]
    [InlineData("big-f8.npy")]
    [InlineData("fortran-f4.npy")]
    [InlineData("fortran-f8.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    [InlineData("stored.npz#features")]
    [InlineData("deflated.npz")]
    [InlineData("foreign.safetensors")]
    [InlineData("foreign.safetensors#half")]
    [InlineData("foreign.safetensors#brain")]
    [InlineData("foreign.safetensors#double")]
    public void Every_format_type_and_order_gives_the_same_features_and_fingerprint(string name)
    {
        FeatureSet set = FeatureFile.Read(Sets.Data(name));

        Assert.Equal((5, 5, 3), (set.Count, set.Features!.Count, set.Features.Width));
        Assert.Equal(Sets.GoldenValues(), Sets.Flatten(set.Features));
        Assert.Equal(FeatureFile.Read(Sets.Data("f4.npy")).Fingerprint, set.Fingerprint);
        Assert.Null(set.ExtractorName);
    }

    [Fact]
    public void Another_array_is_picked_by_its_name()
    {
        FeatureSet set = FeatureFile.Read(Sets.Data("deflated.npz#other"));

        Assert.Equal(Sets.GoldenValues().Select(value => value + 1), Sets.Flatten(set.Features!));
    }

    [Fact]
    public void Logits_beside_features_are_read_too()
    {
        FeatureSet set = FeatureFile.Read(Sets.Data("stored.npz"));

        Assert.Equal([0f, -2f, 1f, -1f, 2f, 0f, 3f, 1f, 4f, 2f], Sets.Flatten(set.Logits!));
    }

    [Fact]
    public void A_missing_name_lists_the_names_that_exist()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(Sets.Data("stored.npz#feat")));

        Assert.Equal(DataErrors.FeatureArrayNotFound, error.Code);
        Assert.EndsWith("has no array 'feat'; it holds 'features', 'logits', 'labels'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statistics-f8.npz", 0.0)]
    [InlineData("statistics-f4.npz", 1e-6)]
    [InlineData("adm.npz", 0.0)]
    public void Mean_and_covariance_stand_in_where_there_are_no_features(string name, double tolerance)
    {
        FeatureSet set = FeatureFile.Read(Sets.Data(name));

        // 7/8 squared times the variance of 0..4, which is 2.5; all columns differ by constants only.
        Assert.Null(set.Features);
        Assert.Equal((3, 0, 0), (set.Moments!.Width, set.Moments.Count, set.Count));
        Assert.Equal([-0.25, 0.125, 0.5], set.Moments.Mean);
        Assert.All(set.Moments.Covariance, value => Assert.Equal(1.9140625, value, tolerance));
    }

    [Theory]
    [InlineData("object.npy", "pickle, which runs code")]
    [InlineData("record.npy", "records with fields")]
    [InlineData("labels-i8.npy", "not floating point numbers")]
    [InlineData("images.npz", "holds images (2, 4, 4, 3), not features")]
    [InlineData("foreign.safetensors#indices", "holds I64, not floating point numbers")]
    [InlineData("f4.npy#x", "one array without a name")]
    public void What_is_not_features_is_refused_with_the_reason(string name, string reason)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(Sets.Data(name)));

        Assert.Equal(DataErrors.FeatureFileUnsupported, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_is_not_a_feature_matrix()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(Sets.Data("vector.npy")));

        Assert.Equal(DataErrors.FeatureShapeInvalid, error.Code);
        Assert.Contains("has shape (5,)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_read_as_numbers_or_text()
    {
        Assert.Equal([3L, -1, 1L << 40], NumpyFeatures.ReadArray(Sets.Data("labels-i8.npy")).ToInt64s());
        Assert.Equal([3L, -1, 300], NumpyFeatures.ReadArray(Sets.Data("labels-big-i2.npy")).ToInt64s());
        Assert.Equal([0L, 7, 255], NumpyFeatures.ReadArray(Sets.Data("labels-u1.npy")).ToInt64s());
        Assert.Equal(["cat", "dög", "x"], NumpyFeatures.ReadArray(Sets.Data("labels-text.npy")).ToStrings());
        Assert.Equal(["0", "1", "1", "0", "2"], NumpyFeatures.ReadArray(Sets.Data("stored.npz#labels")).ToStrings());
    }

    [Fact]
    public void Fortran_order_of_three_dimensions_is_turned_round()
    {
        NpyArray cube = NumpyFeatures.ReadArray(Sets.Data("fortran-cube.npy"));

        Assert.Equal([2L, 3, 4], cube.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (long)i), cube.ToInt64s());
    }

    [Fact]
    public void A_damaged_entry_fails_its_check_sum()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(Sets.Data("stored.npz"));
        int at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(-2f)) + 3;
        bytes[at] ^= 0x40;
        File.WriteAllBytes(folder.File("bad.npz"), bytes);

        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(folder.File("bad.npz")));

        Assert.Equal(DataErrors.FeatureFileDamaged, error.Code);
    }

    [Theory]
    [InlineData("f4.npy")]
    [InlineData("fortran-f8.npy")]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    [InlineData("foreign.safetensors")]
    public void A_file_cut_anywhere_is_a_clear_error(string name)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(Sets.Data(name));
        string path = folder.File("cut" + Path.GetExtension(name));
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(path));
            Assert.True(error.Code == DataErrors.FeatureFileDamaged, $"{length} of {bytes.Length} bytes: {error.Message}");
        }
    }

    [Theory]
    [InlineData("f4.npy")]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    [InlineData("foreign.safetensors")]
    public void Changed_bytes_never_escape_as_a_raw_exception(string name)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(Sets.Data(name));
        string path = folder.File("changed" + Path.GetExtension(name));
        Random random = new(7);
        int refused = 0;
        for (int round = 0; round < 400; round++)
        {
            byte[] changed = [.. bytes];
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            changed[random.Next(Math.Min(changed.Length, 256))] = (byte)random.Next(256);
            File.WriteAllBytes(path, changed);
            try
            {
                FeatureSet set = FeatureFile.Read(path);
                Assert.True(set.Features is not null || set.Logits is not null);
            }
            catch (UserErrorException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 50, 400);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{\"shape\": (1L, 1L,), 'fortran_order':False,'descr':'<f4',}")]
    public void Header_spellings_that_numpy_accepts_are_accepted(string header)
    {
        NpyHeader parsed = new NpyHeaderParser(header, "x.npy").Parse();

        Assert.Equal([1L, 1], parsed.Shape);
        Assert.Equal(new NpyType('f', 4, false), parsed.Type);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'x': 'y'}")]
    [InlineData("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)} + exit()")]
    [InlineData("__import__('os')")]
    [InlineData("")]
    public void Header_text_that_is_anything_else_is_refused(string header)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => new NpyHeaderParser(header, "x.npy").Parse());

        Assert.Equal(DataErrors.FeatureFileDamaged, error.Code);
    }

    [Theory]
    [InlineData("a.npz", true)]
    [InlineData("a.NPZ#key", true)]
    [InlineData("dir#1/a.safetensors", true)]
    [InlineData("a.npy", true)]
    [InlineData("a.zip", false)]
    [InlineData("images", false)]
    [InlineData("#a", false)]
    public void Feature_locations_are_told_by_their_ending(string location, bool expected) =>
        Assert.Equal(expected, FeatureFile.IsFeatureLocation(location));
}
