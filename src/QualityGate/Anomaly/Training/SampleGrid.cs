using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Training;

/// <summary>Images side by side in one picture.</summary>
internal static class SampleGrid
{
    /// <summary>Images in a picture.</summary>
    public const int Count = Columns * Columns;

    private const int Columns = 8;
    private const int Gap = 2;
    private const int SmallestTile = 56;

    /// <summary>Draws <see cref="Count"/> images, each enlarged by a whole factor.</summary>
    /// <param name="samples">8 bits a sample, channels first.</param>
    /// <param name="side">Height and width of an image.</param>
    /// <param name="channels">1 or 3.</param>
    public static PixelCanvas Draw(ReadOnlySpan<byte> samples, int side, int channels)
    {
        int zoom = Math.Max(1, SmallestTile / side), pitch = (side * zoom) + Gap, plane = side * side;
        PixelCanvas canvas = new((Columns * pitch) + Gap, (Columns * pitch) + Gap, Rgb.White);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> image = samples.Slice(i * channels * plane, channels * plane);
            for (int p = 0; p < plane; p++)
            {
                Rgb colour = channels == 1 ? new(image[p], image[p], image[p]) : new(image[p], image[plane + p], image[(2 * plane) + p]);
                canvas.Fill(Gap + (i % Columns * pitch) + (p % side * zoom), Gap + (i / Columns * pitch) + (p / side * zoom), zoom, zoom, colour);
            }
        }

        return canvas;
    }
}
