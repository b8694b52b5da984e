using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>A named tensor of a test; values are kept as float64 whatever the model is made of.</summary>
internal sealed record Tensor(string Name, OnnxElementType Type, long[] Shape, double[] Values)
{
    public static Tensor Normal(string name, Random random, OnnxElementType type, params long[] shape) =>
        new(name, type, shape, Draw(shape, () => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));

    public static Tensor Uniform(string name, Random random, OnnxElementType type, double least, double most, params long[] shape) =>
        new(name, type, shape, Draw(shape, () => least + (random.NextDouble() * (most - least))));

    /// <summary>Distinct values at least 0.2 apart, none nearer to 0 than 0.1: no small step crosses a kink or changes a maximum.</summary>
    public static Tensor Apart(string name, Random random, OnnxElementType type, params long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (product, axis) => product * axis);
        double[] values = Enumerable.Range(0, count).Select(i => ((i - (count / 2)) * 0.2) + 0.1).ToArray();
        random.Shuffle(values);
        return new Tensor(name, type, shape, values);
    }

    public OrtValue ToOrt() => Type switch
    {
        OnnxElementType.Double => OrtValue.CreateTensorValueFromMemory(Values.ToArray(), Shape),
        OnnxElementType.Int64 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Values, value => (long)value), Shape),
        _ => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Values, value => (float)value), Shape),
    };

    public Tensor WithStep(int index, double step)
    {
        double[] values = Values.ToArray();
        values[index] += step;
        return this with { Values = values };
    }

    private static double[] Draw(long[] shape, Func<double> draw) =>
        Enumerable.Range(0, (int)shape.Aggregate(1L, (product, axis) => product * axis)).Select(_ => draw()).ToArray();
}
