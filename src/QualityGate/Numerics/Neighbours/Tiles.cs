namespace QualityGate.Numerics.Neighbours;

/// <summary>Sizes of the tiles that distances are computed in, and the work of going over them on all cores.</summary>
internal static class Tiles
{
    private const int TargetTileBytes = 8 << 20;
    private const int Columns = 2048;

    /// <summary>Rows a tile holds beside its columns, so that the packed operands stay near the caches' size.</summary>
    public static int RowsFor(int width) => Math.Clamp(TargetTileBytes / (4 * (width + Columns)), 64, 512);

    /// <summary>Columns a tile holds: fewer when rows are wide.</summary>
    public static int ColumnsFor(int width) => Math.Clamp(TargetTileBytes / (4 * width), 256, Columns);

    /// <summary>Calls <paramref name="body"/> for each range of <paramref name="size"/> in <c>[0, count)</c>, on several threads.</summary>
    public static void ForEachRange<TScratch>(
        int count, int size, Func<TScratch> scratch, Action<int, int, TScratch> body, CancellationToken cancellation)
    {
        int ranges = (count + size - 1) / size;
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        try
        {
            Parallel.For(
                0,
                ranges,
                options,
                scratch,
                (range, _, local) =>
                {
                    int start = range * size;
                    body(start, Math.Min(size, count - start), local);
                    return local;
                },
                _ => { });
        }
        catch (AggregateException failure) when (failure.InnerExceptions.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }
}
