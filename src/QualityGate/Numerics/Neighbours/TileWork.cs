using System.Runtime.ExceptionServices;

namespace QualityGate.Numerics.Neighbours;

/// <summary>Hands tiles to workers one after another, row of tiles by row of tiles.</summary>
internal sealed class TileWork
{
    private readonly Lock _lock = new();
    private readonly int _rows;
    private readonly int _columns;
    private readonly (int Rows, int Columns) _tile;
    private readonly bool _upperHalfOnly;
    private int _row;
    private int _column;

    /// <param name="rows">Rows in all.</param>
    /// <param name="columns">Columns in all.</param>
    /// <param name="tile">Rows and columns of a tile.</param>
    /// <param name="upperHalfOnly">Whether tiles left of the diagonal are left out.</param>
    public TileWork(int rows, int columns, (int Rows, int Columns) tile, bool upperHalfOnly)
    {
        _rows = rows;
        _columns = columns;
        _tile = tile;
        _upperHalfOnly = upperHalfOnly;
    }

    /// <summary>First row and first column of the next tile, or false when there is none left.</summary>
    public bool TryNext(out int row, out int column)
    {
        lock (_lock)
        {
            if (_column >= _columns)
            {
                _row += _tile.Rows;
                _column = _upperHalfOnly ? _row : 0;
            }

            (row, column) = (_row, _column);
            _column += _tile.Columns;
            return row < _rows;
        }
    }

    /// <summary>Runs workers side by side until each returns.</summary>
    public static void Run(int workers, Action<int> work)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, work);
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }
}
