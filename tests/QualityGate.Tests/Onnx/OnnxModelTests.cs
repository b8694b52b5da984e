using Google.Protobuf;
using QualityGate.Onnx;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Tests.Onnx;

public sealed class OnnxModelTests
{
    [Fact]
    public void Garbage_is_not_a_model()
    {
        byte[] garbage = new byte[1000];
        new Random(1).NextBytes(garbage);
        Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(garbage));
    }

    [Fact]
    public void An_empty_file_is_not_a_model() => Assert.Throws<OnnxFormatException>(() => OnnxModel.Load([]));

    [Fact]
    public void A_text_file_is_not_a_model() =>
        Assert.Throws<OnnxFormatException>(() => OnnxModel.Load("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"u8.ToArray()));

    [Fact]
    public void Every_truncation_is_an_error_or_a_model_but_never_a_crash()
    {
        byte[] whole = TinyNetwork.Build();
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                OnnxModel.Load(whole[..length]);
            }
            catch (OnnxFormatException)
            {
                refused++;
            }
        }

        // The operator set comes last: any shorter file lacks it.
        Assert.Equal(whole.Length, refused);
    }

    [Fact]
    public void Every_flipped_byte_is_an_error_or_a_model_but_never_a_crash()
    {
        byte[] bytes = TinyNetwork.Build();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte kept = bytes[i];
            bytes[i] ^= 0xFF;
            Exception? error = Record.Exception(() => OnnxModel.Load(bytes).TensorNames);
            Assert.True(error is null or OnnxFormatException, $"byte {i}: {error}");
            bytes[i] = kept;
        }
    }

    [Fact]
    public void Constants_listed_as_inputs_are_not_inputs()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        proto.Graph.Input.Add(new ValueInfoProto { Name = "w1" });
        Assert.Equal(["image"], OnnxModel.Load(proto.ToByteArray()).Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Keeping_an_inner_tensor_removes_what_only_later_layers_need()
    {
        OnnxModel model = OnnxModel.Load(TinyNetwork.Build());
        model.KeepOnlyOutputs(TinyNetwork.Spatial);
        ModelProto left = ModelProto.Parser.ParseFrom(model.ToBytes());
        Assert.Equal(["Conv", "Relu", "MaxPool"], left.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["w1", "b1"], left.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal([TinyNetwork.Spatial], left.Graph.Output.Select(output => output.Name));
    }

    [Fact]
    public void Exposing_keeps_the_other_outputs_and_happens_once()
    {
        OnnxModel model = OnnxModel.Load(TinyNetwork.Build());
        model.ExposeOutput(TinyNetwork.Spatial);
        model.ExposeOutput(TinyNetwork.Spatial);
        Assert.Equal([TinyNetwork.Features, TinyNetwork.Spatial], model.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void What_the_body_of_a_branch_reads_from_outside_is_kept()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        var body = new GraphProto { Name = "body" };
        body.Node.Add(new NodeProto { OpType = "Identity", Input = { "Relu_1" }, Output = { "inner" } });
        body.Output.Add(new ValueInfoProto { Name = "inner" });
        var branch = new NodeProto { OpType = "If", Input = { "image" }, Output = { "branch" } };
        branch.Attribute.Add(new AttributeProto { Name = "then_branch", G = body });
        proto.Graph.Node.Add(branch);
        OnnxModel model = OnnxModel.Load(proto.ToByteArray());
        model.KeepOnlyOutputs("branch");
        Assert.Equal(["Conv_0", "Relu_1", "branch"], model.TensorNames);
    }

    [Fact]
    public void A_wrong_name_is_answered_with_the_nearest_one()
    {
        OnnxModel model = OnnxModel.Load(TinyNetwork.Build());
        Assert.Equal(TinyNetwork.Features, model.NearestTensorName("feature"));
        Assert.Equal("image", model.NearestInputName("Images"));
        Assert.Null(model.NearestTensorName("something else entirely"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.ExposeOutput("MaxPool_3"));
        Assert.Contains("Did you mean 'MaxPool_2'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_are_not_understood_are_written_back()
    {
        // Field 25 of a model, functions: length-delimited, tag 202 1.
        byte[] extra = [202, 1, 3, 10, 1, (byte)'f'];
        OnnxModel model = OnnxModel.Load([.. TinyNetwork.Build(), .. extra]);
        byte[] written = model.ToBytes();
        Assert.Equal(extra, written[^extra.Length..]);
    }

    [Fact]
    public void Mean_pooling_does_not_take_a_name_that_is_in_use()
    {
        OnnxModel model = OnnxModel.Load(TinyNetwork.Build());
        string first = model.MeanPool(TinyNetwork.Spatial);
        string second = model.MeanPool(TinyNetwork.Spatial);
        Assert.NotEqual(first, second);
        model.KeepOnlyOutputs(second);
        Assert.Equal(["Conv_0", "Relu_1", TinyNetwork.Spatial], model.TensorNames.Take(3));
        Assert.Equal(5, model.TensorNames.Count);
    }

    [Fact]
    public void External_data_files_are_listed_once_each()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        foreach (TensorProto tensor in proto.Graph.Initializer)
        {
            tensor.DataLocation = 1;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        }

        Assert.Equal(["weights.bin"], OnnxModel.Load(proto.ToByteArray()).ExternalDataLocations);
    }
}
