namespace QualityGate.Anomaly.Evaluation;

/// <summary>Pixels at or above a residual.</summary>
/// <param name="Threshold">The residual.</param>
/// <param name="Found">Truly anomalous pixels among them.</param>
/// <param name="Alarms">Normal pixels among them.</param>
internal readonly record struct PixelStep(float Threshold, long Found, long Alarms);

/// <summary>Takes residual maps one by one and tells what each threshold finds.</summary>
internal abstract class PixelTally
{
    /// <summary>Truly anomalous pixels.</summary>
    public long AnomalousCount { get; protected set; }

    /// <summary>Normal pixels.</summary>
    public long NormalCount { get; protected set; }

    /// <summary>Whether only equal residuals are ties.</summary>
    public abstract bool IsExact { get; }

    /// <summary>A tally for so many pixels: exact if they are not too many.</summary>
    public static PixelTally For(long pixels, int mostExact) => pixels <= mostExact ? new SortedPixels((int)pixels) : new BinnedPixels();

    /// <summary>Adds an image.</summary>
    /// <param name="map">Finite residuals.</param>
    /// <param name="mask">True at anomalous pixels; null for none.</param>
    public void Add(float[] map, bool[]? mask)
    {
        for (int i = 0; i < map.Length; i++)
        {
            bool anomalous = mask is not null && mask[i];
            Add(PixelKey.Of(map[i]), anomalous);
            if (anomalous)
            {
                AnomalousCount++;
            }
            else
            {
                NormalCount++;
            }
        }
    }

    /// <summary>What each distinct threshold finds, from the highest down.</summary>
    public abstract IEnumerable<PixelStep> Steps();

    /// <summary>Counts a pixel; the counts are those before it.</summary>
    protected abstract void Add(uint key, bool anomalous);
}

/// <summary>All residuals, sorted: four bytes a pixel, and as many again for the larger kind while sorting.</summary>
internal sealed class SortedPixels(int most) : PixelTally
{
    private readonly uint[] _keys = new uint[most];
    private bool _sorted;

    public override bool IsExact => true;

    public override IEnumerable<PixelStep> Steps()
    {
        Sort();
        int found = 0, alarms = 0, anomalous = (int)AnomalousCount, normal = (int)NormalCount;
        while (found < anomalous || alarms < normal)
        {
            uint key = Math.Max(
                found < anomalous ? Anomalous(found) : 0,
                alarms < normal ? Normal(alarms) : 0);
            for (; found < anomalous && Anomalous(found) == key; found++)
            {
            }

            for (; alarms < normal && Normal(alarms) == key; alarms++)
            {
            }

            yield return new PixelStep(PixelKey.ValueOf(key), found, alarms);
        }
    }

    // Anomalous pixels fill the array from its beginning, normal ones from its end: how many there are of each is known only at last.
    protected override void Add(uint key, bool anomalous) => _keys[anomalous ? AnomalousCount : _keys.Length - 1 - NormalCount] = key;

    private uint Anomalous(int fromTop) => _keys[AnomalousCount - 1 - fromTop];

    private uint Normal(int fromTop) => _keys[_keys.Length - 1 - fromTop];

    private void Sort()
    {
        if (_sorted)
        {
            return;
        }

        int anomalous = (int)AnomalousCount, normal = (int)NormalCount;
        uint[] spare = new uint[Math.Max(anomalous, normal)];
        RadixSort.Sort(_keys.AsSpan(0, anomalous), spare);
        RadixSort.Sort(_keys.AsSpan(_keys.Length - normal), spare);
        _sorted = true;
    }
}

/// <summary>Counts by the leading bits of the residuals: 16 MB, however many pixels there are.</summary>
internal sealed class BinnedPixels : PixelTally
{
    // Sign, exponent and 11 bits of the mantissa.
    private const int KeptBits = 20;
    private const int Dropped = 32 - KeptBits;

    private readonly long[] _anomalous = new long[1 << KeptBits];
    private readonly long[] _normal = new long[1 << KeptBits];

    public override bool IsExact => false;

    public override IEnumerable<PixelStep> Steps()
    {
        long found = 0, alarms = 0;
        for (int bin = _normal.Length - 1; bin >= 0; bin--)
        {
            if (_anomalous[bin] + _normal[bin] > 0)
            {
                found += _anomalous[bin];
                alarms += _normal[bin];
                yield return new PixelStep(PixelKey.ValueOf((uint)bin << Dropped), found, alarms);
            }
        }
    }

    protected override void Add(uint key, bool anomalous) => (anomalous ? _anomalous : _normal)[key >> Dropped]++;
}
