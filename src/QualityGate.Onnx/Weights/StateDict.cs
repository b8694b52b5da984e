using System.Globalization;
using System.Runtime.InteropServices;
using QualityGate.Onnx.Weights.Pickle;

namespace QualityGate.Onnx.Weights;

/// <summary>The tensors of a pickled state dict, checked against the storages they are cut from.</summary>
internal sealed class StateDict
{
    /// <summary>Names that checkpoints keep a state dict under.</summary>
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "teacher", "net", "module"];

    private readonly Dictionary<string, PickleTensor> _tensors = new(StringComparer.Ordinal);

    private StateDict(PickleDictionary root)
    {
        foreach ((string name, object? value) in root.Items)
        {
            if (value is not PickleTensor tensor) continue;
            Check(name, tensor);
            _tensors.Add(name, tensor);
        }

        Tensors = _tensors.ToDictionary(pair => pair.Key, pair => new WeightTensor(pair.Value.Storage.Type, pair.Value.Shape), StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Finds the state dict in what a pickle held: the thing itself, or under one of the names that checkpoints use.</summary>
    public static StateDict Of(object? root)
    {
        if (root is not PickleDictionary dictionary) throw new WeightFormatException("It holds no state dict: its outermost value is not a dictionary.");
        var found = new StateDict(dictionary);
        foreach (string wrapper in Wrappers)
        {
            if (found.Tensors.Count > 0) break;
            if (dictionary.Items.TryGetValue(wrapper, out object? inner) && inner is PickleDictionary nested) found = new StateDict(nested);
        }

        return found.Tensors.Count > 0 ? found : throw new WeightFormatException("It holds no tensors where a state dict has them.");
    }

    /// <summary>Copies a tensor out of its storage's bytes.</summary>
    public float[] ReadSingles(string name, Func<PickleStorage, byte[]> bytesOf)
    {
        if (!_tensors.TryGetValue(name, out PickleTensor? tensor)) throw new WeightFormatException($"It holds no tensor '{name}'.");
        OnnxElementType type = tensor.Storage.Type;
        if (!WeightNumbers.IsFloat(type)) throw new WeightFormatException($"Its tensor '{name}' holds {type}, not floating point numbers.");
        float[] values = new float[Tensors[name].Count];
        if (values.Length == 0) return values;
        byte[] bytes = bytesOf(tensor.Storage);
        if (type == OnnxElementType.Float && BitConverter.IsLittleEndian && IsContiguous(tensor))
        {
            MemoryMarshal.Cast<byte, float>(bytes).Slice((int)(tensor.Storage.Offset + tensor.Offset), values.Length).CopyTo(values);
            return values;
        }

        long[] index = new long[tensor.Shape.Length];
        long position = tensor.Storage.Offset + tensor.Offset;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = WeightNumbers.Read(type, bytes, position);
            position = Next(tensor, index, position);
        }

        return values;
    }

    private static bool IsContiguous(PickleTensor tensor)
    {
        long step = 1;
        for (int axis = tensor.Shape.Length - 1; axis >= 0; axis--)
        {
            if (tensor.Shape[axis] != 1 && tensor.Strides[axis] != step) return false;
            step *= tensor.Shape[axis];
        }

        return true;
    }

    private static long Next(PickleTensor tensor, long[] index, long position)
    {
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            position += tensor.Strides[axis];
            if (++index[axis] < tensor.Shape[axis]) break;
            position -= index[axis] * tensor.Strides[axis];
            index[axis] = 0;
        }

        return position;
    }

    private static void Check(string name, PickleTensor tensor)
    {
        try
        {
            long count = 1;
            long last = checked(tensor.Storage.Offset + tensor.Offset);
            for (int axis = 0; axis < tensor.Shape.Length; axis++)
            {
                count = checked(count * tensor.Shape[axis]);
                last = checked(last + (Math.Max(0, tensor.Shape[axis] - 1) * tensor.Strides[axis]));
            }

            // A tensor that repeats its storage (stride 0) could claim to be far larger than the file.
            bool fits = tensor.Offset >= 0 && tensor.Storage.Offset >= 0 && count <= tensor.Storage.Count && (count == 0 || last < tensor.Storage.Count);
            if (fits) return;
        }
        catch (OverflowException)
        {
            // Falls through to the same error as any tensor outside its storage.
        }

        throw new WeightFormatException(
            string.Create(CultureInfo.InvariantCulture, $"Its tensor '{name}' [{string.Join(", ", tensor.Shape)}] reaches outside its storage of {tensor.Storage.Count} numbers."));
    }
}
