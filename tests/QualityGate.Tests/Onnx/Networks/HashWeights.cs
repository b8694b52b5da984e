using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Onnx;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Onnx.Networks;

/// <summary>The weights of tests/golden/networks.py: each tensor's numbers follow from its name.</summary>
internal sealed class HashWeights(IReadOnlyDictionary<string, long[]> shapes) : IWeightSource
{
    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; } =
        shapes.ToDictionary(pair => pair.Key, pair => new WeightTensor(OnnxElementType.Float, pair.Value));

    public float[] ReadSingles(string name)
    {
        long[] shape = shapes[name];
        float[] values = Uniform(name, (int)shape.Aggregate(1L, (a, b) => a * b));
        bool around1 = name.EndsWith("running_var", StringComparison.Ordinal) || (shape.Length == 1 && name.EndsWith(".weight", StringComparison.Ordinal));
        long fan = shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        float bound = shape.Length == 1 ? 0.125f : fan > 1 ? (float)Math.Sqrt(6.0 / fan) : 1;
        for (int i = 0; i < values.Length; i++) values[i] = around1 ? 1f + (0.5f * values[i]) : bound * values[i];
        return values;
    }

    public void Dispose()
    {
    }

    /// <summary>Images <c>[count, 3, size, size]</c>: noise and a ramp from top to bottom.</summary>
    public static float[] Images(int count, int size)
    {
        float[] values = Uniform("images", count * 3 * size * size);
        double step = 2.0 / (size - 1);
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / size % size;
            float ramp = row == size - 1 ? 1 : (float)((row * step) - 1);
            values[i] = (0.5f * values[i]) + (0.5f * ramp);
        }

        return values;
    }

    /// <summary>Number <paramref name="index"/>, from 1, of a seed: SplitMix64's upper 24 bits as -1..1.</summary>
    public static float Number(ulong seed, ulong index)
    {
        ulong z = unchecked(seed + (index * 0x9E3779B97F4A7C15));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return (float)(((z ^ (z >> 31)) >> 40) / 8388608.0 - 1);
    }

    private static float[] Uniform(string name, int count)
    {
        ulong seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = Number(seed, (ulong)i + 1);
        return values;
    }
}
