using QualityGate.Specs;

namespace QualityGate.Tests.Images;

/// <summary>The slow twin of the resamplers: each weight from its definition, all sums in double, square grey images.</summary>
internal static class PlainResize
{
    public static double[] Apply(ResizeMethod method, byte[] pixels, int source, int target)
    {
        double[,] weights = Weights(method, source, target);
        var output = new double[target * target];
        for (int y = 0; y < target; y++)
        {
            for (int x = 0; x < target; x++)
            {
                double sum = 0;
                for (int v = 0; v < source; v++)
                {
                    for (int u = 0; u < source; u++)
                        sum += weights[y, v] * weights[x, u] * pixels[(v * source) + u];
                }

                output[(y * target) + x] = Math.Clamp(sum, 0, 255);
            }
        }

        return output;
    }

    private static double[,] Weights(ResizeMethod method, int source, int target)
    {
        var weights = new double[target, source];
        double scale = (double)source / target;
        double widening = Math.Max(1, scale);
        for (int i = 0; i < target; i++)
        {
            double sum = 0;
            for (int x = 0; x < source; x++)
            {
                double distance = x + 0.5 - ((i + 0.5) * scale);
                weights[i, x] = method switch
                {
                    ResizeMethod.Area => Math.Max(0, Math.Min((i + 1) * scale, x + 1) - Math.Max(i * scale, x)),
                    ResizeMethod.BilinearAntialias => Math.Max(0, 1 - Math.Abs(distance / widening)),
                    ResizeMethod.BicubicAntialias => Cubic(Math.Abs(distance / widening)),
                    ResizeMethod.Bilinear => Tent(Math.Clamp(((i + 0.5) * scale) - 0.5, 0, source - 1), x),
                    _ => Tent(Math.Min(i * scale, source - 1), x),
                };
                sum += weights[i, x];
            }

            for (int x = 0; x < source; x++)
                weights[i, x] /= sum;
        }

        return weights;
    }

    private static double Tent(double place, int x) => Math.Max(0, 1 - Math.Abs(place - x));

    private static double Cubic(double x) => x switch
    {
        < 1 => (1.5 * x * x * x) - (2.5 * x * x) + 1,
        < 2 => (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2,
        _ => 0,
    };
}
