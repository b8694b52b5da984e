namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>
/// The matrix of a resizing along one axis. Places are computed in float32, as runtimes do, so that ties round alike.
/// </summary>
internal sealed class ResizeMap(NodeGradient node, long input, long output, float scale)
{
    private readonly string _coordinates = node.Node.Text("coordinate_transformation_mode", "half_pixel");

    /// <summary>A row for each output, a column for each input.</summary>
    public double[,] Matrix()
    {
        double[,] matrix = new double[output, input];
        string mode = node.Node.Text("mode", "nearest");
        for (long i = 0; i < output; i++)
        {
            float place = Place(i);
            switch (mode)
            {
                case "nearest":
                    matrix[i, Math.Clamp(Nearest(place), 0, input - 1)] = 1;
                    break;
                case "linear":
                    Interpolate(matrix, i, Math.Clamp(place, 0, input - 1));
                    break;
                default:
                    throw node.Unsupported($"its mode is {mode}");
            }
        }

        return matrix;
    }

    private void Interpolate(double[,] matrix, long row, float place)
    {
        long low = Math.Min((long)place, input - 1);
        long high = Math.Min(low + 1, input - 1);
        float above = place - low;
        matrix[row, low] += 1 - above;
        matrix[row, high] += above;
    }

    private float Place(long i) => _coordinates switch
    {
        "half_pixel" => ((i + 0.5f) / scale) - 0.5f,
        "half_pixel_symmetric" => HalfPixelSymmetric(i),
        "pytorch_half_pixel" => output > 1 ? ((i + 0.5f) / scale) - 0.5f : 0,
        "align_corners" => output == 1 ? 0 : (float)i * (input - 1) / (output - 1),
        "asymmetric" => i / scale,
        _ => throw node.Unsupported($"its coordinate_transformation_mode is {_coordinates}"),
    };

    private float HalfPixelSymmetric(long i)
    {
        float adjustment = output / (scale * input);
        float offset = input / 2f * (1 - adjustment);
        return offset + ((i + 0.5f) / scale) - 0.5f;
    }

    private long Nearest(float place) => node.Node.Text("nearest_mode", "round_prefer_floor") switch
    {
        "floor" => (long)MathF.Floor(place),
        "ceil" => (long)MathF.Ceiling(place),
        "round_prefer_ceil" => (long)MathF.Floor(place + 0.5f),
        _ => (long)MathF.Ceiling(place - 0.5f),
    };
}
