using QualityGate.Numerics;

namespace QualityGate.Tests.Numerics;

public sealed class SelectedRowsTests
{
    [Fact]
    public void Rows_come_in_the_order_they_were_named_in()
    {
        FeatureMatrix source = new DenseFeatureMatrix([0, 1, 10, 11, 20, 21, 30, 31], 4, 2);
        SelectedRows rows = new(source, [3, 0, 2]);
        float[] copied = new float[4];
        rows.CopyRows(1, 2, copied);
        Assert.Equal((3, 2), (rows.Count, rows.Width));
        Assert.Equal([30f, 31f], rows.Row(0).ToArray());
        Assert.Equal([0f, 1f, 20f, 21f], copied);
    }

    [Fact]
    public void Released_pages_are_those_of_the_source()
    {
        Counting source = new();
        new SelectedRows(source, [0]).ReleasePages();
        Assert.Equal(1, source.Released);
    }

    private sealed class Counting : FeatureMatrix
    {
        public int Released { get; private set; }

        public override int Count => 1;

        public override int Width => 1;

        public override ReadOnlySpan<float> Row(int index) => new float[1];

        public override void ReleasePages() => Released++;
    }
}
