namespace QualityGate.Images;

/// <summary>The eight EXIF orientations (TIFF tag 274): where the stored first row and column belong on the screen.</summary>
internal static class Orientation
{
    /// <summary>Turns and mirrors an image so that it stands upright.</summary>
    /// <param name="image">The image as stored; disposed when a turned copy is returned.</param>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    public static DecodedImage Apply(DecodedImage image, int orientation)
    {
        if (orientation is < 2 or > 8)
            return image;
        bool swapsSides = orientation >= 5;
        DecodedImage upright = swapsSides
            ? DecodedImage.Rent(image.Id, image.Width, image.Height, image.Channels)
            : DecodedImage.Rent(image.Id, image.Height, image.Width, image.Channels);
        ReadOnlySpan<byte> source = image.Pixels;
        Span<byte> target = upright.Writable;
        int channels = image.Channels;
        for (int y = 0, to = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++, to += channels)
            {
                (int row, int column) = StoredPlace(orientation, y, x, image.Height - 1, image.Width - 1);
                source.Slice(((row * image.Width) + column) * channels, channels).CopyTo(target[to..]);
            }
        }

        image.Dispose();
        return upright;
    }

    private static (int Row, int Column) StoredPlace(int orientation, int y, int x, int lastRow, int lastColumn) => orientation switch
    {
        2 => (y, lastColumn - x),
        3 => (lastRow - y, lastColumn - x),
        4 => (lastRow - y, x),
        5 => (x, y),
        6 => (lastRow - x, y),
        7 => (lastRow - x, lastColumn - y),
        8 => (x, lastColumn - y),
        _ => (y, x),
    };
}
