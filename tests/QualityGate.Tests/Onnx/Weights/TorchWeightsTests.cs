using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Onnx;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Onnx.Weights;

public sealed class TorchWeightsTests
{
    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Every_kind_of_tensor_that_torch_saves_is_read(string file)
    {
        using IWeightSource weights = TorchWeights.Open(Data(file));
        float[] all = Uniform("file", 24);
        Assert.Equal([4, 6], weights.Tensors["plain"].Shape);
        Assert.Equal(all, weights.ReadSingles("plain"));
        Assert.Equal([3, 4], weights.Tensors["transposed"].Shape);
        Assert.Equal(from column in Enumerable.Range(1, 3) from row in Enumerable.Range(0, 4) select all[(row * 6) + column], weights.ReadSingles("transposed"));
        Assert.Equal(all[12..18], weights.ReadSingles("shared"));
        Assert.Equal(all.Select(v => (float)(Half)v), weights.ReadSingles("half"));
        Assert.All(weights.ReadSingles("brain").Zip(all), pair => Assert.Equal(pair.Second, pair.First, Math.Abs(pair.Second) / 256));
        Assert.Equal(all, weights.ReadSingles("double"));
        Assert.Equal(all[..6], weights.ReadSingles("parameter"));
        Assert.Equal([0.5f], weights.ReadSingles("number"));
        Assert.Empty(weights.ReadSingles("empty"));
        Assert.Equal([1f, 1, 1], weights.ReadSingles("bn.running_var"));
        Assert.Equal(OnnxElementType.Int64, weights.Tensors["batches"].Type);
    }

    [Fact]
    public void Integers_are_listed_but_are_no_weights()
    {
        using IWeightSource weights = TorchWeights.Open(Data("zip.pth"));
        Assert.Contains("Int64", Assert.Throws<WeightFormatException>(() => weights.ReadSingles("batches")).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor 'other'", Assert.Throws<WeightFormatException>(() => weights.ReadSingles("other")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("module.pth", 2)]
    [InlineData("checkpoint.pth", 3)]
    public void A_modules_state_and_a_checkpoint_that_holds_one_are_read(string file, int width)
    {
        using IWeightSource weights = TorchWeights.Open(Data(file));
        Assert.Equal([width], weights.Tensors["running_mean"].Shape);
        Assert.Equal(new float[width], weights.ReadSingles("running_mean"));
    }

    [Theory]
    [InlineData("whole-module.pth", "'torch.nn.modules.container.Sequential', which is code")]
    [InlineData("script.pt", "TorchScript")]
    public void Programs_are_refused_and_never_run(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<WeightFormatException>(() => TorchWeights.Open(Data(file))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pickle_that_would_run_a_command_elsewhere_is_refused_by_name()
    {
        // What pickle.dumps of an object with __reduce__ = (os.system, ("true",)) looks like in protocol 2.
        byte[] pickle = [0x80, 2, .. "cposix\nsystem\n"u8, (byte)'q', 0, (byte)'X', 4, 0, 0, 0, .. "true"u8, (byte)'q', 1, 0x85, (byte)'q', 2, (byte)'R', (byte)'.'];
        using var folder = new WeightFolder();
        var error = Assert.Throws<WeightFormatException>(() => TorchWeights.Open(folder.Zip(pickle)));
        Assert.Contains("'posix.system'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a file of torch.save at all", "not a file of torch.save")]
    [InlineData("", "not a file of torch.save")]
    public void Other_files_are_refused(string content, string reason)
    {
        using var folder = new WeightFolder();
        Assert.Contains(reason, Assert.Throws<WeightFormatException>(() => TorchWeights.Open(folder.Write(Encoding.UTF8.GetBytes(content)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_opcode_is_named()
    {
        using var folder = new WeightFolder();
        var error = Assert.Throws<WeightFormatException>(() => TorchWeights.Open(folder.Zip([0x80, 2, 0x82, 1, (byte)'.'])));
        Assert.Contains("opcode 0x82", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_claims_gigabytes_is_refused_without_room_for_it()
    {
        using var folder = new WeightFolder();
        var error = Assert.Throws<WeightFormatException>(() => TorchWeights.Open(folder.Zip([0x80, 2, (byte)'X', 0xFF, 0xFF, 0xFF, 0x7F])));
        Assert.Contains("2147483647 bytes in one piece", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_pickle_that_makes_a_large_dictionary_again_and_again_is_refused()
    {
        // A list of 60,000 pairs is remembered; each round of six bytes would make a dictionary of it anew.
        List<byte> pickle = [0x80, 2, .. "ccollections\nOrderedDict\n"u8, (byte)'q', 0, (byte)'0', (byte)']', (byte)'('];
        for (int i = 0; i < 60_000; i++) pickle.AddRange([(byte)'K', 1, (byte)'K', 2, 0x86]);
        pickle.AddRange([(byte)'e', (byte)'q', 1, (byte)'0']);
        for (int i = 0; i < 1000; i++) pickle.AddRange([(byte)'h', 0, (byte)'h', 1, 0x85, (byte)'R', (byte)'0']);
        using var folder = new WeightFolder();
        var error = Assert.Throws<WeightFormatException>(() => TorchWeights.Open(folder.Zip([.. pickle, (byte)'N', (byte)'.'])));
        Assert.Contains("more values than any state dict", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void A_file_cut_anywhere_is_a_clear_error(string file)
    {
        byte[] whole = File.ReadAllBytes(Data(file));
        using var folder = new WeightFolder();
        for (int length = 0; length < whole.Length; length += 13) AssertClear(folder.Write(whole[..length]), mustFail: true);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("checkpoint.pth")]
    public void Damage_is_a_clear_error_or_changes_only_numbers(string file)
    {
        byte[] whole = File.ReadAllBytes(Data(file));
        var random = new Random(20261121);
        using var folder = new WeightFolder();
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            AssertClear(folder.Write(damaged), mustFail: false);
        }
    }

    [Theory]
    [InlineData("zip.pth")]
    public void A_pickle_of_random_opcodes_is_a_clear_error(string file)
    {
        byte[] opcodes = "(}])tase01qrhjcQRb.NJKMGXBCU"u8.ToArray();
        var random = new Random(file.Length);
        using var folder = new WeightFolder();
        for (int round = 0; round < 1500; round++)
        {
            byte[] pickle = [0x80, 2, .. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(4) == 0 ? (byte)random.Next(256) : opcodes[random.Next(opcodes.Length)])];
            AssertClear(folder.Zip(pickle), mustFail: false);
        }
    }

    private static void AssertClear(string path, bool mustFail)
    {
        try
        {
            using IWeightSource weights = TorchWeights.Open(path);
            foreach ((string name, WeightTensor tensor) in weights.Tensors)
            {
                if (tensor.Type is not (OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16)) continue;
                Assert.Equal(tensor.Count, weights.ReadSingles(name).Length);
            }

            Assert.False(mustFail, "a cut file was read");
        }
        catch (WeightFormatException)
        {
            // Clear by definition: it names what is wrong. Any other exception fails the test.
        }
    }

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "weights", file);

    private static float[] Uniform(string name, int count)
    {
        ulong seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return [.. Enumerable.Range(1, count).Select(i => Networks.HashWeights.Number(seed, (ulong)i))];
    }
}
