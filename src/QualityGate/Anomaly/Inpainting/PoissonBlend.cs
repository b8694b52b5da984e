namespace QualityGate.Anomaly.Inpainting;

/// <summary>
/// Poisson image editing (Pérez, Gangnet and Blake, 2003): the hole gets the generated image's gradients and the surrounding pixels' values at its edge, so that
/// brightness does not jump there. The sparse system is solved by conjugate gradients in double precision.
/// </summary>
public static class PoissonBlend
{
    private const double Tolerance = 1e-10;
    private const int MostRounds = 10_000;

    /// <summary>Blends one channel.</summary>
    /// <param name="known">The image <c>[height, width]</c>; its values in the hole do not count.</param>
    /// <param name="generated">What fills the hole, of the same size.</param>
    /// <param name="hole">True where pixels are missing.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <returns>The image with a filled hole. A hole that is the whole image is the generated one.</returns>
    public static float[] Channel(ReadOnlySpan<float> known, ReadOnlySpan<float> generated, ReadOnlySpan<bool> hole, int width)
    {
        float[] blended = known.ToArray();
        int[] pixels = [.. Places(hole)];
        if (pixels.Length == 0) return blended;
        if (pixels.Length == hole.Length) return generated.ToArray();
        int[] index = new int[hole.Length];
        Array.Fill(index, -1);
        for (int i = 0; i < pixels.Length; i++) index[pixels[i]] = i;
        double[] target = new double[pixels.Length], start = new double[pixels.Length];
        int[][] neighbours = new int[pixels.Length][];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = pixels[i];
            int[] around = Around(pixel, width, hole.Length);
            neighbours[i] = around;
            start[i] = generated[pixel];
            foreach (int other in around) target[i] += (double)generated[pixel] - generated[other] + (index[other] < 0 ? known[other] : 0);
        }

        double[] solved = Solve(neighbours, index, target, start);
        for (int i = 0; i < pixels.Length; i++) blended[pixels[i]] = (float)solved[i];
        return blended;
    }

    private static List<int> Places(ReadOnlySpan<bool> hole)
    {
        List<int> places = [];
        for (int i = 0; i < hole.Length; i++)
        {
            if (hole[i]) places.Add(i);
        }

        return places;
    }

    private static int[] Around(int pixel, int width, int length)
    {
        List<int> around = [];
        if (pixel % width > 0) around.Add(pixel - 1);
        if (pixel % width < width - 1) around.Add(pixel + 1);
        if (pixel >= width) around.Add(pixel - width);
        if (pixel + width < length) around.Add(pixel + width);
        return [.. around];
    }

    private static double[] Solve(int[][] neighbours, int[] index, double[] target, double[] x)
    {
        double[] residual = new double[x.Length], direction = new double[x.Length], image = new double[x.Length];
        Laplacian(neighbours, index, x, image);
        for (int i = 0; i < x.Length; i++) residual[i] = direction[i] = target[i] - image[i];
        double length = Dot(residual, residual), goal = Tolerance * Tolerance * Math.Max(1, Dot(target, target));
        for (int round = 0; round < MostRounds && length > goal; round++)
        {
            Laplacian(neighbours, index, direction, image);
            double step = length / Dot(direction, image);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += step * direction[i];
                residual[i] -= step * image[i];
            }

            double next = Dot(residual, residual);
            for (int i = 0; i < x.Length; i++) direction[i] = residual[i] + (next / length * direction[i]);
            length = next;
        }

        return x;
    }

    private static void Laplacian(int[][] neighbours, int[] index, double[] x, double[] image)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double sum = neighbours[i].Length * x[i];
            foreach (int other in neighbours[i])
            {
                if (index[other] >= 0) sum -= x[index[other]];
            }

            image[i] = sum;
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
