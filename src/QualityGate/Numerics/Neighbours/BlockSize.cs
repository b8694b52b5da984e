namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Sizes of the tiles that distances are computed in. They change speed and memory, and no answer. A tile is tall: its rows stay packed
/// while its columns, which must be centred anew for every tile, come and go.
/// </summary>
internal static class BlockSize
{
    private const int MostRows = 1024;
    private const int MostColumns = 256;
    private const int FewestColumns = 16;
    private const int PackedRowBytes = 64 << 20;
    private const int PackedColumnBytes = 16 << 20;

    /// <summary>Columns of a tile: fewer when rows are very wide.</summary>
    public static int ColumnsFor(int width) =>
        Math.Clamp(PackedColumnBytes / sizeof(float) / width / CentredRows.Lanes * CentredRows.Lanes, FewestColumns, MostColumns);

    /// <summary>Rows of a tile, a multiple of its columns.</summary>
    public static int RowsFor(int width, int workers)
    {
        int columns = ColumnsFor(width), byMemory = PackedRowBytes / workers / sizeof(float) / width;
        return Math.Clamp(byMemory / columns * columns, columns, MostRows / columns * columns);
    }
}
