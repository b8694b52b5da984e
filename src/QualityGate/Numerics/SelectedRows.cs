namespace QualityGate.Numerics;

/// <summary>Some rows of another matrix, in any order, without a copy of them.</summary>
/// <param name="source">Where the rows lie.</param>
/// <param name="rows">Their indices in <paramref name="source"/>.</param>
internal sealed class SelectedRows(FeatureMatrix source, int[] rows) : FeatureMatrix
{
    /// <inheritdoc />
    public override int Count => rows.Length;

    /// <inheritdoc />
    public override int Width => source.Width;

    /// <inheritdoc />
    public override ReadOnlySpan<float> Row(int index) => source.Row(rows[index]);

    /// <inheritdoc />
    public override void ReleasePages() => source.ReleasePages();
}
