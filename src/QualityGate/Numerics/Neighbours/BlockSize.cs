namespace QualityGate.Numerics.Neighbours;

/// <summary>How many rows stand on each side of a tile of distances. It changes speed and memory, and no answer.</summary>
internal static class BlockSize
{
    /// <summary>Never more rows than this.</summary>
    public const int Largest = 1024;

    private const int OperandBytes = 8 << 20;
    private const int Smallest = 64;
    private const int TilesAWorker = 3;

    /// <summary>Few enough rows for the caches and for every worker to get its share, enough for the product to run at full speed.</summary>
    public static int For(int count, int width, int workers)
    {
        int byMemory = OperandBytes / (sizeof(float) * width);
        int byShare = workers == 1 ? Largest : (count + (TilesAWorker * workers) - 1) / (TilesAWorker * workers);
        return CentredRows.RoundUp(Math.Clamp(Math.Min(byMemory, byShare), Smallest, Largest));
    }
}
