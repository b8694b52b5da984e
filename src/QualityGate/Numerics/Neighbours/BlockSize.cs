namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Sizes of the tiles that distances are computed in. They change speed and memory, and no answer. A tile is tall: its rows stay packed
/// while its columns, which must be centred anew for every tile, come and go.
/// </summary>
internal static class BlockSize
{
    /// <summary>Columns of a tile, and the unit in which rows are counted and locked.</summary>
    public const int Columns = 256;

    private const int MostRows = 1024;
    private const int PackedBytes = 64 << 20;

    /// <summary>Rows of a tile, a multiple of <see cref="Columns"/>.</summary>
    public static int RowsFor(int width, int workers)
    {
        int byMemory = PackedBytes / workers / (sizeof(float) * width);
        return Math.Clamp(byMemory / Columns * Columns, Columns, MostRows);
    }
}
