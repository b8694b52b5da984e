using System.Runtime.InteropServices;
using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Precision;

/// <summary>
/// Rounds the weights of matrix products to 7 of 8 bits: each column by a scale of its own, symmetric about 0; activations are rounded by their range
/// when the model runs (ONNX's DynamicQuantizeLinear and MatMulInteger). Convolutions stay as they are: processors gain nothing there. The
/// range is that of everything that runs together, so the model is fixed to one image at a time: features then cannot depend on a batch.
/// </summary>
public static class DynamicQuantisation
{
    /// <summary>
    /// Of 127 that 8 bits have: processors without VNNI add two products of 8 bits in 16, and 255 * 63 * 2 is the largest sum that fits there. So every
    /// processor gives the same numbers.
    /// </summary>
    private const int LargestLevel = 63;

    /// <summary>Changes a model in place.</summary>
    /// <param name="model">A model whose first axes are its batch.</param>
    /// <returns>How many products were changed, and the share of all weights that they hold, 0 to 1.</returns>
    /// <exception cref="ArgumentException">The model has no product with constant float32 weights.</exception>
    public static (int Products, double Share) Apply(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        GraphProto graph = model.Graph;
        Dictionary<string, TensorProto> constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        long all = constants.Values.Sum(tensor => tensor.Dims.Aggregate(1L, (a, b) => a * b));
        var nodes = new List<NodeProto>();
        int products = 0;
        long changed = 0;
        foreach (NodeProto node in graph.Node)
        {
            if (WeightsOf(node, constants) is not { } weights)
            {
                nodes.Add(node);
                continue;
            }

            nodes.AddRange(new QuantisedProduct(graph, node, weights, $"int8_{products++}").Nodes());
            changed += weights.Dims[0] * weights.Dims[1];
        }

        if (products == 0) throw new ArgumentException("The model has no matrix product with constant weights to quantise.", nameof(model));
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        FixBatch(graph);
        GraphPruning.Prune(graph);
        return (products, (double)changed / all);
    }

    /// <summary>The constant matrix of a product, or null when the node is something else.</summary>
    private static TensorProto? WeightsOf(NodeProto node, Dictionary<string, TensorProto> constants)
    {
        if (node.OpType is not ("MatMul" or "Gemm") || node.Domain.Length > 0 || !constants.TryGetValue(node.Input[1], out TensorProto? weights)) return null;
        if (weights.DataType != (int)OnnxElementType.Float || weights.Dims.Count != 2 || weights.RawData.Length != weights.Dims[0] * weights.Dims[1] * sizeof(float)) return null;
        bool isPlain = node.OpType == "MatMul" || (Number(node, "alpha", 1) == 1 && Number(node, "beta", 1) == 1 && Integer(node, "transA") == 0);
        return isPlain ? weights : null;
    }

    private static void FixBatch(GraphProto graph)
    {
        foreach (ValueInfoProto info in graph.Input.Concat(graph.Output))
        {
            TensorShapeProto? shape = info.Type?.TensorType?.Shape;
            if (shape is { Dim.Count: > 0 }) shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
        }

        graph.ValueInfo.Clear();
    }

    private static float Number(NodeProto node, string name, float otherwise) => node.Attribute.FirstOrDefault(a => a.Name == name)?.F ?? otherwise;

    private static long Integer(NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? 0;

    /// <summary>One product as the nodes that compute it in whole numbers.</summary>
    private sealed class QuantisedProduct(GraphProto graph, NodeProto node, TensorProto weights, string prefix)
    {
        public IEnumerable<NodeProto> Nodes()
        {
            AddWeights(Integer(node, "transB") != 0);
            yield return Make("DynamicQuantizeLinear", [node.Input[0]], prefix + ".x", prefix + ".scale", prefix + ".zero");
            yield return Make("MatMulInteger", [prefix + ".x", prefix + ".w", prefix + ".zero"], prefix + ".sum");
            NodeProto cast = Make("Cast", [prefix + ".sum"], prefix + ".float");
            cast.Attribute.Add(NodeParameter.Of("to", (int)OnnxElementType.Float).ToProto());
            yield return cast;
            yield return Make("Mul", [prefix + ".scale", prefix + ".columns"], prefix + ".scales");
            bool hasBias = node.Input.Count > 2 && node.Input[2].Length > 0;
            yield return Make("Mul", [prefix + ".float", prefix + ".scales"], hasBias ? prefix + ".product" : node.Output[0]);
            if (hasBias) yield return Make("Add", [prefix + ".product", node.Input[2]], node.Output[0]);
        }

        private static NodeProto Make(string operation, string[] inputs, params string[] outputs)
        {
            var made = new NodeProto { OpType = operation, Name = outputs[0] };
            made.Input.AddRange(inputs);
            made.Output.AddRange(outputs);
            return made;
        }

        private void AddWeights(bool isTransposed)
        {
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(weights.RawData.Span);
            int rows = (int)weights.Dims[isTransposed ? 1 : 0], columns = (int)weights.Dims[isTransposed ? 0 : 1];
            int rowStep = isTransposed ? 1 : columns, columnStep = isTransposed ? rows : 1;
            float[] scales = new float[columns];
            byte[] levels = new byte[rows * columns];
            for (int column = 0; column < columns; column++)
            {
                float largest = 0;
                for (int row = 0; row < rows; row++) largest = Math.Max(largest, Math.Abs(values[(row * rowStep) + (column * columnStep)]));
                scales[column] = largest > 0 ? largest / LargestLevel : 1;
                for (int row = 0; row < rows; row++)
                {
                    float level = MathF.Round(values[(row * rowStep) + (column * columnStep)] / scales[column], MidpointRounding.ToEven);
                    levels[(row * columns) + column] = (byte)(sbyte)Math.Clamp(level, -LargestLevel, LargestLevel);
                }
            }

            Add(prefix + ".w", OnnxElementType.Int8, levels, rows, columns);
            Add(prefix + ".columns", OnnxElementType.Float, MemoryMarshal.AsBytes(scales.AsSpan()), columns);
        }

        private void Add(string name, OnnxElementType type, ReadOnlySpan<byte> bytes, params long[] shape)
        {
            var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
            tensor.Dims.AddRange(shape);
            graph.Initializer.Add(tensor);
        }
    }
}
