using System.Buffers.Binary;
using System.Text;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Numerics;

namespace QualityGate.Tests.Features.Files;

public sealed class FeatureFileTests
{
    [Fact]
    public void Everything_written_is_read_back()
    {
        using TemporaryFolder folder = new();
        FeatureSet set = Sets.Full() with { Ids = ["a/1.png", "b\n2", "c\\n", "d\r", "é", ""] };

        FeatureFile.Write(folder.File("f.safetensors"), set, new FeatureFileInfo("model: x", "0.1.0"));
        FeatureSet read = FeatureFile.Read(folder.File("f.safetensors"));

        Assert.Equal(Sets.Flatten(set.Features!), Sets.Flatten(read.Features!));
        Assert.Equal(Sets.Flatten(set.Logits!), Sets.Flatten(read.Logits!));
        Assert.Equal(set.Hashes, read.Hashes);
        Assert.Equal(set.Ids, read.Ids);
        Assert.Equal(set.Fingerprint, read.Fingerprint);
        Assert.Equal((set.ExtractorName, set.ExtractorFingerprint), (read.ExtractorName, read.ExtractorFingerprint));
        Assert.IsType<MappedFeatureMatrix>(read.Features);
        Assert.Equal(new FeatureFileInfo("model: x", "0.1.0"), FeatureFile.ReadInfo(folder.File("f.safetensors")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_bytes_are_those_of_the_public_format()
    {
        using TemporaryFolder folder = new();
        FeatureSet set = new() { Source = "x", Count = 1, Fingerprint = "", Features = new DenseFeatureMatrix([1f, -2f], 1, 2) };

        FeatureFile.Write(folder.File("f.safetensors"), set, new FeatureFileInfo(null, null));
        byte[] bytes = File.ReadAllBytes(folder.File("f.safetensors"));

        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        const string Header = """{"__metadata__":{"schema":"qualitygate.features/1"},"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[(8 + length)..]);
    }

    [Fact]
    public void Statistics_alone_keep_their_count_and_every_bit()
    {
        using TemporaryFolder folder = new();
        FeatureMoments moments = new([1.0 / 3, 2], [1, 0.1, 0.1, 2], 77);
        FeatureSet set = new() { Source = "x", Count = 77, Fingerprint = "", Moments = moments };

        FeatureFile.Write(folder.File("m.safetensors"), set, new FeatureFileInfo(null, null));
        FeatureExport.WriteStatistics(folder.File("m.npz"), moments);
        FeatureSet read = FeatureFile.Read(folder.File("m.safetensors"));
        FeatureSet foreign = FeatureFile.Read(folder.File("m.npz"));

        Assert.Equal((77, 77), (read.Count, read.Moments!.Count));
        Assert.Equal(moments.Mean, read.Moments.Mean);
        Assert.Equal(moments.Covariance, foreign.Moments!.Covariance);
    }

    [Fact]
    public void Exports_hold_the_same_features()
    {
        using TemporaryFolder folder = new();
        FeatureSet set = Sets.Full();

        FeatureExport.WriteNpy(folder.File("f.npy"), set.Features!);
        FeatureExport.WriteNpz(folder.File("f.npz"), set);

        Assert.Equal(Sets.Flatten(set.Features!), Sets.Flatten(FeatureFile.Read(folder.File("f.npy")).Features!));
        Assert.Equal(set.Fingerprint, FeatureFile.Read(folder.File("f.npz")).Fingerprint);
    }

    [Fact]
    public void The_npy_export_is_what_numpy_writes_byte_for_byte()
    {
        using TemporaryFolder folder = new();

        FeatureExport.WriteNpy(folder.File("f.npy"), new DenseFeatureMatrix(Sets.GoldenValues(), 5, 3));

        Assert.Equal(File.ReadAllBytes(Sets.Data("f4.npy")), File.ReadAllBytes(folder.File("f.npy")));
    }

    [Fact]
    public void Values_that_are_not_numbers_are_reported_with_the_first_image_and_how_many()
    {
        using TemporaryFolder folder = new();
        float[] values = new float[40];
        values[17] = float.NaN;
        values[18] = float.NegativeInfinity;
        values[39] = float.PositiveInfinity;
        FeatureSet set = new()
        {
            Source = "x",
            Count = 10,
            Fingerprint = "",
            Features = new DenseFeatureMatrix(values, 10, 4),
            Ids = [.. Enumerable.Range(0, 10).Select(i => $"{i}.png")],
        };
        FeatureFile.Write(folder.File("f.safetensors"), set, new FeatureFileInfo(null, null));

        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(folder.File("f.safetensors")));

        Assert.Equal(DataErrors.FeaturesNotFinite, error.Code);
        Assert.EndsWith(
            "3 of the features in 2 of 10 rows are not finite; the first is NaN in row 4 (4.png), column 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_value_at_any_place_is_found()
    {
        for (int length = 1; length < 40; length++)
        {
            float[] values = new float[length];
            Array.Fill(values, float.MaxValue);
            Assert.True(FiniteCheck.AreFinite(values));
            for (int at = 0; at < length; at++)
            {
                values[at] = float.NaN;
                Assert.False(FiniteCheck.AreFinite(values));
                values[at] = -float.Epsilon;
            }
        }
    }

    [Fact]
    public void The_fingerprint_depends_on_values_widths_and_order()
    {
        string[] fingerprints =
        [
            FeatureFingerprint.Of(new DenseFeatureMatrix([1, 2, 3, 4], 2, 2)),
            FeatureFingerprint.Of(new DenseFeatureMatrix([3, 4, 1, 2], 2, 2)),
            FeatureFingerprint.Of(new DenseFeatureMatrix([1, 2, 3, 4], 4, 1)),
            FeatureFingerprint.Of(null, new DenseFeatureMatrix([1, 2, 3, 4], 2, 2)),
            FeatureFingerprint.Of(new DenseFeatureMatrix([1, 2, 3, 4], 2, 2), null, new FeatureMoments([1], [1], 2)),
        ];

        Assert.Equal(5, fingerprints.Distinct().Count());
        Assert.All(fingerprints, name => Assert.Matches("^sha256:[0-9a-f]{64}$", name));
    }

    [Fact]
    public void The_images_name_does_not_depend_on_their_order()
    {
        byte[] hashes = Sets.Hashes(3, 5);
        byte[] turned = [.. hashes[64..], .. hashes[..64]];

        Assert.Equal(FeatureFingerprint.OfImages(hashes), FeatureFingerprint.OfImages(turned));
        Assert.NotEqual(FeatureFingerprint.OfImages(hashes), FeatureFingerprint.OfImages(hashes.AsSpan(32)));
    }

    [Fact]
    public void A_failed_write_leaves_the_older_file_alone()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("f.safetensors");
        FeatureFile.Write(path, Sets.Full(), new FeatureFileInfo(null, null));
        byte[] before = File.ReadAllBytes(path);

        Assert.Throws<InvalidOperationException>(() => FeatureExport.WriteNpy(path, new FailingMatrix()));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_a_clear_error()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("f.npy"));

        UserErrorException written = Assert.Throws<UserErrorException>(
            () => FeatureExport.WriteNpy(folder.File("f.npy"), new DenseFeatureMatrix([1], 1, 1)));
        UserErrorException read = Assert.Throws<UserErrorException>(() => FeatureFile.Read(folder.File("f.npy")));
        UserErrorException missing = Assert.Throws<UserErrorException>(() => FeatureFile.Read(folder.File("g.npy")));

        Assert.Equal(DataErrors.FeatureFileNotWritable, written.Code);
        Assert.Equal(DataErrors.FeatureFileUnreadable, read.Code);
        Assert.EndsWith("g.npy does not exist.", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,3],"data_offsets":[0,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8.5]}}""")]
    [InlineData("""{"features":{"dtype":"Q9","shape":[1,2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"features":{"dtype":"F32","shape":[1,2]}}""")]
    [InlineData("""{"__metadata__":{"a":1},"features":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""")]
    [InlineData("""["features"]""")]
    [InlineData("""{"features":""")]
    public void A_safetensors_header_that_lies_is_refused(string header)
    {
        using TemporaryFolder folder = new();
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder.File("f.safetensors"), [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[8]]);

        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(folder.File("f.safetensors")));

        Assert.Equal(DataErrors.FeatureFileDamaged, error.Code);
    }

    [Fact]
    public void A_newer_schema_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("f.safetensors");
        FeatureFile.Write(path, Sets.Full(), new FeatureFileInfo(null, null));
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf("features/1"u8);
        bytes[at + 9] = (byte)'2';
        File.WriteAllBytes(path, bytes);

        UserErrorException error = Assert.Throws<UserErrorException>(() => FeatureFile.Read(path));

        Assert.Contains("its schema is 'qualitygate.features/2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_beyond_two_gigabytes_is_reached_row_by_row()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("big.safetensors");
        const int Count = 600_000;
        const int Width = 1024;
        byte[] header = SafetensorsHeader.Write([SafetensorsTensor.Declare("features", "F32", Count, Width)], []);
        using (FileStream stream = File.Create(path))
        {
            // A file with a hole: as long as the tensor, but only its last row takes room on the disk.
            stream.Write(header);
            stream.SetLength(header.Length + ((long)Count * Width * 4));
            stream.Seek(-4, SeekOrigin.End);
            stream.Write(BitConverter.GetBytes(42f));
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        FeatureMatrix matrix = file.Matrix(file.Find("features")!);

        Assert.Equal(42f, matrix.Row(Count - 1)[Width - 1]);
        Assert.Equal(0f, matrix.Row(Count - 2)[Width - 1]);
    }

    [Fact]
    public void Statistics_that_are_no_covariance_are_refused()
    {
        Assert.Throws<UserErrorException>(() => MomentsCheck.Create("s", [1, 2], [2], [1, 0.5, 0.4, 1], [2, 2], 0));
        Assert.Throws<UserErrorException>(() => MomentsCheck.Create("s", [1, 2], [2], [1, 0, 0, -1], [2, 2], 0));
        Assert.Throws<UserErrorException>(() => MomentsCheck.Create("s", [1, 2], [2], [1, 0, 1], [3], 0));
        Assert.Throws<UserErrorException>(() => MomentsCheck.Create("s", [1, double.NaN], [2], [1, 0, 0, 1], [2, 2], 0));
        Assert.Equal(2, MomentsCheck.Create("s", [1, 2], [2], [1, 0.5, 0.5000001, 1], [2, 2], 0).Width);
    }

    private sealed class FailingMatrix : FeatureMatrix
    {
        public override int Count => 2;

        public override int Width => 1;

        public override ReadOnlySpan<float> Row(int index) => throw new InvalidOperationException("no row");
    }
}
