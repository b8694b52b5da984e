using QualityGate.Features.Cache;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Features.Cache;

/// <summary>Some images' hashes and rows.</summary>
internal sealed class Rows
{
    private readonly RowWidths _widths;

    public Rows(int count, int seed, RowWidths? widths = null)
    {
        _widths = widths ?? new RowWidths(4, 2);
        Count = count;
        Hashes = Sets.Hashes(count, seed);
        Features = Sets.Flatten(Sets.Matrix(count, _widths.Features, seed + 100));
        Logits = Sets.Flatten(Sets.Matrix(count, _widths.Logits, seed + 200));
    }

    public int Count { get; }

    public byte[] Hashes { get; }

    public float[] Features { get; }

    public float[] Logits { get; }

    public byte[] Hash(int row) => Hashes[(row * 32)..((row + 1) * 32)];

    public float[] Feature(int row) => Features[(row * _widths.Features)..((row + 1) * _widths.Features)];

    public float[] Logit(int row) => Logits[(row * _widths.Logits)..((row + 1) * _widths.Logits)];

    public int CountIn(FeatureCache cache)
    {
        int found = 0;
        for (int i = 0; i < Count; i++)
        {
            if (cache.TryGet(Hash(i), out CachedRow row))
            {
                Assert.Equal(Feature(i), row.Features.ToArray());
                Assert.Equal(Logit(i), row.Logits.ToArray());
                found++;
            }
        }

        return found;
    }

    public void AssertAllIn(FeatureCache cache) => Assert.Equal(Count, CountIn(cache));
}
