using System.Collections;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>Which pixels are the object, in a grid of any size that is laid over an image.</summary>
public sealed class ObjectMask
{
    private readonly BitArray _isObject;

    private ObjectMask(int height, int width, BitArray isObject)
    {
        (Height, Width, _isObject) = (height, width, isObject);
        bool isEmpty = true, isFull = true;
        foreach (bool value in isObject)
        {
            isEmpty &= !value;
            isFull &= value;
        }

        (IsEmpty, IsFull) = (isEmpty, isFull);
    }

    /// <summary>Height of the grid, at least 1.</summary>
    public int Height { get; }

    /// <summary>Width of the grid, at least 1.</summary>
    public int Width { get; }

    /// <summary>Whether all is background.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether all is object.</summary>
    public bool IsFull { get; }

    /// <summary>A mask of one cell: all is object.</summary>
    public static ObjectMask Full { get; } = Of(1, 1, _ => true);

    /// <summary>A mask of anything that knows its cells, row by row.</summary>
    public static ObjectMask Of(int height, int width, Func<int, bool> isObject)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(isObject);
        BitArray cells = new(checked(height * width));
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = isObject(i);
        }

        return new ObjectMask(height, width, cells);
    }

    /// <summary>A mask of a picture's grey values; colours count as their luma.</summary>
    public static ObjectMask Of(DecodedImage picture, MaskValues values)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(values);
        byte[] gray = new byte[picture.Height * picture.Width];
        if (picture.Channels == 1)
        {
            picture.Pixels.CopyTo(gray);
        }
        else
        {
            Luma.FromRgb(picture.Pixels, gray);
        }

        bool[] isObject = [.. Enumerable.Range(0, 256).Select(values.Contains)];
        return Of(picture.Height, picture.Width, i => isObject[gray[i]]);
    }

    /// <summary>Whether the object covers a pixel of an image of some size: nearest neighbour, by the middle of the pixel.</summary>
    public bool Covers(int y, int x, int height, int width) =>
        _isObject[(Nearest(y, height, Height) * Width) + Nearest(x, width, Width)];

    /// <summary>The cell at the middle of a pixel.</summary>
    internal static int Nearest(int place, int of, int cells) => (int)((((2L * place) + 1) * cells) / (2L * of));
}
