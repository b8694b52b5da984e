using System.Runtime.ExceptionServices;

namespace QualityGate.Numerics.Neighbours;

/// <summary>Hands tiles to workers one after another, row of tiles by row of tiles.</summary>
internal sealed class TileWork(int rowBlocks, int columnBlocks, bool upperHalfOnly)
{
    private readonly Lock _lock = new();
    private int _row;
    private int _column = -1;

    /// <summary>The next tile, or false when there is none left.</summary>
    public bool TryNext(out int rowBlock, out int columnBlock)
    {
        lock (_lock)
        {
            if (++_column == columnBlocks)
            {
                _row++;
                _column = upperHalfOnly ? _row : 0;
            }

            (rowBlock, columnBlock) = (_row, _column);
            return _row < rowBlocks;
        }
    }

    /// <summary>Runs workers side by side until each returns.</summary>
    public static void Run(int workers, Action work)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => work());
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }
}
