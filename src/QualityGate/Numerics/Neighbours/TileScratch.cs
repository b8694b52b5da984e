namespace QualityGate.Numerics.Neighbours;

/// <summary>Buffers of one worker: the two packed operands, of which the left one often stays, and the tile of products.</summary>
internal sealed class TileScratch(int block, int width, IMatrixProducts products)
{
    private readonly float[] _left = new float[block * width];
    private readonly float[] _right = new float[block * width];
    private readonly float[] _products = new float[block * block];
    private (CentredRows Rows, int Start)? _leftHolds;

    /// <summary>
    /// Products of the rows from <paramref name="leftStart"/> with those from <paramref name="rightStart"/>, row-major, as many columns as
    /// <see cref="Columns"/> says.
    /// </summary>
    public float[] Multiply(CentredRows left, int leftStart, CentredRows right, int rightStart)
    {
        int rows = RowsOf(left, leftStart), columns = Columns(right, rightStart);
        if (_leftHolds != (left, leftStart))
        {
            left.Fill(leftStart, rows, _left);
            _leftHolds = (left, leftStart);
        }

        right.Fill(rightStart, columns, _right);
        products.MultiplyTile(_left.AsSpan(0, rows * width), _right.AsSpan(0, columns * width), _products.AsSpan(0, rows * columns), rows, columns, width);
        return _products;
    }

    /// <summary>Rows of the block that starts there.</summary>
    public int RowsOf(CentredRows rows, int start) => Math.Min(block, rows.Count - start);

    /// <summary>The same, rounded up to whole lanes.</summary>
    public int Columns(CentredRows rows, int start) => Math.Min(block, rows.PaddedCount - start);
}
