namespace QualityGate.Onnx.Networks;

/// <summary>The five kinds of blocks of Inception v3 (Szegedy et al., 2016, figures 5 to 7), with the state dict's names of their layers.</summary>
internal sealed class InceptionBlocks(GraphBuilder graph, ConvolutionLayers layers, double epsilon)
{
    public string Layer(string input, string name, int channels, Convolution shape) => layers.Normalised(input, name, channels, shape, epsilon);

    /// <summary>35 x 35: 1x1, 5x5, two 3x3, and an average pool.</summary>
    public string A(string input, string name, int channels)
    {
        string one = Layer(input, name + ".branch1x1", channels, Convolution.One);
        string five = Layer(input, name + ".branch5x5_1", channels, Convolution.One);
        five = Layer(five, name + ".branch5x5_2", 48, Convolution.Same(5));
        string twice = Layer(input, name + ".branch3x3dbl_1", channels, Convolution.One);
        twice = Layer(twice, name + ".branch3x3dbl_2", 64, Convolution.Same(3));
        twice = Layer(twice, name + ".branch3x3dbl_3", 96, Convolution.Same(3));
        string pool = Layer(AveragePool(input), name + ".branch_pool", channels, Convolution.One);
        return Concat(one, five, twice, pool);
    }

    /// <summary>35 x 35 to 17 x 17.</summary>
    public string B(string input, string name, int channels)
    {
        string three = Layer(input, name + ".branch3x3", channels, Convolution.Valid(3, stride: 2));
        string twice = Layer(input, name + ".branch3x3dbl_1", channels, Convolution.One);
        twice = Layer(twice, name + ".branch3x3dbl_2", 64, Convolution.Same(3));
        twice = Layer(twice, name + ".branch3x3dbl_3", 96, Convolution.Valid(3, stride: 2));
        return Concat(three, twice, graph.MaxPool(input, kernel: 3, stride: 2));
    }

    /// <summary>17 x 17 with 7x7 convolutions taken apart into 1x7 and 7x1; also gives its 1x1 branch.</summary>
    public (string Output, string Branch) C(string input, string name, int width)
    {
        const int Channels = 768;
        string one = Layer(input, name + ".branch1x1", Channels, Convolution.One);
        string seven = Layer(input, name + ".branch7x7_1", Channels, Convolution.One);
        seven = Layer(seven, name + ".branch7x7_2", width, Convolution.Same(1, 7));
        seven = Layer(seven, name + ".branch7x7_3", width, Convolution.Same(7, 1));
        string twice = Layer(input, name + ".branch7x7dbl_1", Channels, Convolution.One);
        twice = Layer(twice, name + ".branch7x7dbl_2", width, Convolution.Same(7, 1));
        twice = Layer(twice, name + ".branch7x7dbl_3", width, Convolution.Same(1, 7));
        twice = Layer(twice, name + ".branch7x7dbl_4", width, Convolution.Same(7, 1));
        twice = Layer(twice, name + ".branch7x7dbl_5", width, Convolution.Same(1, 7));
        string pool = Layer(AveragePool(input), name + ".branch_pool", Channels, Convolution.One);
        return (Concat(one, seven, twice, pool), one);
    }

    /// <summary>17 x 17 to 8 x 8.</summary>
    public string D(string input, string name, int channels)
    {
        string three = Layer(input, name + ".branch3x3_1", channels, Convolution.One);
        three = Layer(three, name + ".branch3x3_2", 192, Convolution.Valid(3, stride: 2));
        string seven = Layer(input, name + ".branch7x7x3_1", channels, Convolution.One);
        seven = Layer(seven, name + ".branch7x7x3_2", 192, Convolution.Same(1, 7));
        seven = Layer(seven, name + ".branch7x7x3_3", 192, Convolution.Same(7, 1));
        seven = Layer(seven, name + ".branch7x7x3_4", 192, Convolution.Valid(3, stride: 2));
        return Concat(three, seven, graph.MaxPool(input, kernel: 3, stride: 2));
    }

    /// <summary>8 x 8 with widened 3x3 branches; the very last one pools by maximum.</summary>
    public string E(string input, string name, int channels, bool maximum)
    {
        string one = Layer(input, name + ".branch1x1", channels, Convolution.One);
        string three = Layer(input, name + ".branch3x3_1", channels, Convolution.One);
        string wide = Layer(three, name + ".branch3x3_2a", 384, Convolution.Same(1, 3));
        string tall = Layer(three, name + ".branch3x3_2b", 384, Convolution.Same(3, 1));
        string twice = Layer(input, name + ".branch3x3dbl_1", channels, Convolution.One);
        twice = Layer(twice, name + ".branch3x3dbl_2", 448, Convolution.Same(3));
        string twiceWide = Layer(twice, name + ".branch3x3dbl_3a", 384, Convolution.Same(1, 3));
        string twiceTall = Layer(twice, name + ".branch3x3dbl_3b", 384, Convolution.Same(3, 1));
        string pool = Layer(maximum ? MaxPool(input) : AveragePool(input), name + ".branch_pool", channels, Convolution.One);
        return Concat(one, wide, tall, twiceWide, twiceTall, pool);
    }

    private string Concat(params string[] branches) => graph.Node("Concat", branches, NodeParameter.Of("axis", 1));

    /// <summary>Means over 3 x 3 that do not count the zeros around the image.</summary>
    private string AveragePool(string input) => graph.Node("AveragePool", [input], Around(NodeParameter.Of("count_include_pad", 0)));

    private string MaxPool(string input) => graph.Node("MaxPool", [input], Around());

    private static NodeParameter[] Around(params NodeParameter[] more) =>
        [NodeParameter.Of("kernel_shape", [3, 3]), NodeParameter.Of("pads", [1, 1, 1, 1]), NodeParameter.Of("strides", [1, 1]), .. more];
}
