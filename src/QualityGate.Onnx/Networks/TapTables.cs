namespace QualityGate.Onnx.Networks;

/// <summary>
/// Convolutions of 4 x 4 kernels, stride 2 and padding 1 as matrix products over rows of channels: where the values that a product needs lie.
/// Planes are <c>[images, pixels, channels]</c>, taps <c>[images, small pixels, 17, channels]</c>; the 17th tap is always zero, so that taps
/// outside the plane have a row to be read from.
/// </summary>
internal static class TapTables
{
    /// <summary>A kernel's values, and a zero.</summary>
    public const int Taps = (DcganShape.Kernel * DcganShape.Kernel) + 1;

    // Each pixel lies in two windows by two.
    private const int ReadersOfPixel = 4;

    /// <summary>Every window's pixels, one row a tap. A zero row is put after the pixels first.</summary>
    public static string Gather(GraphBuilder graph, string planes, int images, int side, int channels)
    {
        string zero = Zeros(graph, images, channels);
        string padded = graph.Node("Concat", [planes, zero], NodeParameter.Of("axis", 1));
        return graph.Node("Gather", [padded, Table(graph, $"windows{side}", WindowPixels(side), side / 2 * side / 2, Taps)], NodeParameter.Of("axis", 1));
    }

    /// <summary>The transpose of <see cref="Gather"/>: each pixel is the sum of the four taps that read it.</summary>
    public static string Spread(GraphBuilder graph, string taps, int images, int side, int channels)
    {
        int small = side / 2;
        string rows = graph.Node("Reshape", [taps, graph.Integers([images, small * small * Taps, channels])]);
        string read = graph.Node("Gather", [rows, Table(graph, $"readers{side}", Readers(side), ReadersOfPixel, side * side)], NodeParameter.Of("axis", 1));
        return graph.Node("ReduceSum", [read, graph.Integers([1])], NodeParameter.Of("keepdims", 0L));
    }

    private static string Zeros(GraphBuilder graph, int images, int channels)
    {
        string name = $"zeros{images}x{channels}";
        return graph.Has(name) ? name : graph.Initializer(name, new float[images * channels], images, 1, channels);
    }

    private static string Table(GraphBuilder graph, string name, long[] values, long rows, long columns) =>
        graph.Has(name) ? name : graph.Initializer(name, values, rows, columns);

    private static long[] WindowPixels(int side)
    {
        List<long> pixels = [];
        for (int window = 0; window < side * side / 4; window++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                int y = (2 * (window / (side / 2))) - 1 + (tap / DcganShape.Kernel), x = (2 * (window % (side / 2))) - 1 + (tap % DcganShape.Kernel);
                bool isInside = tap < Taps - 1 && y >= 0 && y < side && x >= 0 && x < side;
                pixels.Add(isInside ? (y * side) + x : side * side);
            }
        }

        return [.. pixels];
    }

    private static long[] Readers(int side)
    {
        int small = side / 2;
        List<long> readers = [];
        for (int pixel = 0; pixel < side * side; pixel++)
        {
            (int y, int x) = (pixel / side, pixel % side);
            for (int tap = 0; tap < Taps - 1; tap++)
            {
                int fromY = y + 1 - (tap / DcganShape.Kernel), fromX = x + 1 - (tap % DcganShape.Kernel);
                if (fromY % 2 != 0 || fromX % 2 != 0) continue;
                bool isInside = fromY >= 0 && fromX >= 0 && fromY / 2 < small && fromX / 2 < small;
                readers.Add(isInside ? ((((fromY / 2) * small) + (fromX / 2)) * Taps) + tap : Taps - 1);
            }
        }

        // All pixels' first readers, then all second ones: long rows are summed fastest.
        return [.. Enumerable.Range(0, readers.Count).Select(i => readers[(i % (side * side) * ReadersOfPixel) + (i / (side * side))])];
    }
}
