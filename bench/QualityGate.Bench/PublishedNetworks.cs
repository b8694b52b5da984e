using System.Globalization;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Onnx.Precision;
using QualityGate.Onnx.Weights;
using QualityGate.Specs;

namespace QualityGate.Bench;

/// <summary>Writes a network of its published size with random weights, and its recipe, so that its speed can be measured without its weights.</summary>
internal static class PublishedNetworks
{
    public static int Write(string name, string folder)
    {
        (string network, string precision) = name.EndsWith("-int8", StringComparison.Ordinal) ? (name[..^5], "int8") : name.EndsWith("-fp16", StringComparison.Ordinal) ? (name[..^5], "fp16") : (name, "");
        (Func<IWeightSource, byte[]> build, Dictionary<string, long[]> shapes, string recipe) = network switch
        {
            "inception" => (InceptionV3Fid.Build, InceptionShapes(), "pytorch-fid"),
            "vgg16" => (Vgg16.Build, VggShapes(), "vgg16"),
            "dinov2-vits14" => (DinoV2.Build, DinoShapes(384, 12), "dinov2"),
            "dinov2-vitb14" => ((Func<IWeightSource, byte[]>)DinoV2.Build, DinoShapes(768, 12), "dinov2"),
            "clip-vit-b32" => (ClipImageTower.Build, ClipShapes(768, 12, 32, 50, 512), "clip"),
            _ => throw new ArgumentException("inception, vgg16, dinov2-vits14, dinov2-vitb14 or clip-vit-b32", nameof(name)),
        };
        Directory.CreateDirectory(folder);
        using var weights = new RandomWeights(shapes);
        OnnxModel model = OnnxModel.Load(build(weights));
        if (precision == "int8") Console.WriteLine(DynamicQuantisation.Apply(model));
        if (precision == "fp16") HalfPrecision.Apply(model);
        File.WriteAllBytes(Path.Combine(folder, name + ".onnx"), model.ToBytes());
        File.WriteAllText(Path.Combine(folder, name + ".extractor.yaml"), NetworkRecipes.Write(recipe, name + ".onnx"));
        return 0;
    }

    private static Dictionary<string, long[]> InceptionShapes()
    {
        // The builder says itself which tensor it misses, and of which shape.
        string golden = Path.Combine(AppContext.BaseDirectory, "inception.json");
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(golden));
        return document.RootElement.GetProperty("shapes").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(v => v.GetInt64()).ToArray());
    }

    private static Dictionary<string, long[]> VggShapes()
    {
        var shapes = new Dictionary<string, long[]>();
        long channels = 3;
        foreach ((int layer, long filters) in new (int, long)[] { (0, 64), (2, 64), (5, 128), (7, 128), (10, 256), (12, 256), (14, 256), (17, 512), (19, 512), (21, 512), (24, 512), (26, 512), (28, 512) })
        {
            Add(shapes, string.Create(CultureInfo.InvariantCulture, $"features.{layer}"), filters, channels, 3, 3);
            channels = filters;
        }

        Add(shapes, "classifier.0", 4096, 512 * 49);
        Add(shapes, "classifier.3", 4096, 4096);
        Add(shapes, "classifier.6", 1000, 4096);
        return shapes;
    }

    private static Dictionary<string, long[]> DinoShapes(long width, int blocks)
    {
        var shapes = new Dictionary<string, long[]> { ["cls_token"] = [1, 1, width], ["pos_embed"] = [1, 1370, width] };
        Add(shapes, "patch_embed.proj", width, 3, 14, 14);
        Add(shapes, "norm", width);
        for (int i = 0; i < blocks; i++)
        {
            string block = string.Create(CultureInfo.InvariantCulture, $"blocks.{i}.");
            Block(shapes, width, block + "norm1", block + "norm2", block + "attn.proj", block + "mlp.fc1", block + "mlp.fc2");
            Add(shapes, block + "attn.qkv", 3 * width, width);
            shapes[block + "ls1.gamma"] = [width];
            shapes[block + "ls2.gamma"] = [width];
        }

        return shapes;
    }

    private static Dictionary<string, long[]> ClipShapes(long width, int blocks, long patch, long positions, long features)
    {
        var shapes = new Dictionary<string, long[]>
        {
            ["visual.class_embedding"] = [width],
            ["visual.conv1.weight"] = [width, 3, patch, patch],
            ["visual.positional_embedding"] = [positions, width],
            ["visual.proj"] = [width, features],
        };
        Add(shapes, "visual.ln_pre", width);
        Add(shapes, "visual.ln_post", width);
        for (int i = 0; i < blocks; i++)
        {
            string block = string.Create(CultureInfo.InvariantCulture, $"visual.transformer.resblocks.{i}.");
            Block(shapes, width, block + "ln_1", block + "ln_2", block + "attn.out_proj", block + "mlp.c_fc", block + "mlp.c_proj");
            shapes[block + "attn.in_proj_weight"] = [3 * width, width];
            shapes[block + "attn.in_proj_bias"] = [3 * width];
        }

        return shapes;
    }

    private static void Block(Dictionary<string, long[]> shapes, long width, string norm1, string norm2, string projection, string expand, string contract)
    {
        Add(shapes, norm1, width);
        Add(shapes, norm2, width);
        Add(shapes, projection, width, width);
        Add(shapes, expand, 4 * width, width);
        Add(shapes, contract, width, 4 * width);
    }

    private static void Add(Dictionary<string, long[]> shapes, string layer, params long[] shape)
    {
        shapes[layer + ".weight"] = shape;
        shapes[layer + ".bias"] = [shape[0]];
    }

    /// <summary>Seeded weights of a scale at which features neither die nor explode.</summary>
    private sealed class RandomWeights(Dictionary<string, long[]> shapes) : IWeightSource
    {
        public IReadOnlyDictionary<string, WeightTensor> Tensors { get; } = shapes.ToDictionary(p => p.Key, p => new WeightTensor(OnnxElementType.Float, p.Value));

        public float[] ReadSingles(string name)
        {
            long[] shape = shapes[name];
            float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
            double bound = Math.Sqrt(6.0 / Math.Max(1, shape.Skip(1).Aggregate(1L, (a, b) => a * b)));
            bool gain = shape.Length == 1 && !name.EndsWith("bias", StringComparison.Ordinal);
            Random random = new(name.Length);
            for (int i = 0; i < values.Length; i++) values[i] = gain ? 0.75f + (0.5f * random.NextSingle()) : (float)(bound * ((2 * random.NextDouble()) - 1)) * (shape.Length == 1 ? 0.1f : 1);
            return values;
        }

        public void Dispose()
        {
        }
    }
}
