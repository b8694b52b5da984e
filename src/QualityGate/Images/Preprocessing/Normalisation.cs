using System.Numerics;
using System.Runtime.InteropServices;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>
/// The last step, in float32 with one rounding an operation: <c>pixel * scale + offset</c>, or
/// <c>(pixel / 255 - mean) / std</c> as torchvision's ToTensor and Normalize. Neither given means the pixel itself.
/// </summary>
internal sealed class Normalisation
{
    private readonly float _scale;
    private readonly float _offset;
    private readonly float[]? _mean;
    private readonly float[]? _std;
    private readonly float[][] _tables;

    public Normalisation(PreprocessingRecipe recipe)
    {
        _scale = (float)(recipe.Scale ?? 1);
        _offset = (float)(recipe.Offset ?? 0);
        _mean = recipe.Mean?.Select(m => (float)m).ToArray();
        _std = recipe.Std?.Select(s => (float)s).ToArray();
        _tables = Enumerable.Range(0, recipe.Color == ColorMode.Gray ? 1 : 3).Select(MakeTable).ToArray();
    }

    /// <summary>The value of each of the 256 possible pixels, where no resize makes values between them.</summary>
    public float[] Table(int channel) => _tables[channel];

    /// <summary>Normalises one channel in place.</summary>
    public void Apply(Span<float> values, int channel)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        if (_mean is null || _std is null)
        {
            var scale = new Vector<float>(_scale);
            var offset = new Vector<float>(_offset);
            for (int i = 0; i < vectors.Length; i++)
                vectors[i] = (vectors[i] * scale) + offset;
        }
        else
        {
            var most = new Vector<float>(255f);
            var mean = new Vector<float>(_mean[channel]);
            var std = new Vector<float>(_std[channel]);
            for (int i = 0; i < vectors.Length; i++)
                vectors[i] = ((vectors[i] / most) - mean) / std;
        }

        for (int i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
            values[i] = One(values[i], channel);
    }

    private float One(float pixel, int channel)
    {
        if (_mean is null || _std is null)
        {
            float scaled = pixel * _scale;
            return scaled + _offset;
        }

        float centred = (pixel / 255f) - _mean[channel];
        return centred / _std[channel];
    }

    private float[] MakeTable(int channel)
    {
        var table = new float[256];
        for (int i = 0; i < table.Length; i++)
            table[i] = i;
        Apply(table, channel);
        return table;
    }
}
