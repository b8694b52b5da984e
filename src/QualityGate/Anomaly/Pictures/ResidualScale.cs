using QualityGate.Anomaly.Evaluation;

namespace QualityGate.Anomaly.Pictures;

/// <summary>From residuals to places on the colour ramp, the same for all images of a set, so that their maps can be compared.</summary>
/// <param name="Low">Residual at the dark end.</param>
/// <param name="High">Residual at the bright end, above <paramref name="Low"/>.</param>
public sealed record ResidualScale(float Low, float High)
{
    private const double Share = 0.999;

    /// <summary>
    /// From 0 (or the smallest residual, where that is negative) to the residual that one pixel in a thousand of the whole set exceeds: a single
    /// hot pixel would leave all else dark.
    /// </summary>
    /// <param name="maps">The maps.</param>
    /// <param name="count">How many there are.</param>
    public static ResidualScale Over(ResidualMaps maps, int count)
    {
        ArgumentNullException.ThrowIfNull(maps);
        BinnedPixels tally = new();
        for (int i = 0; i < count; i++)
        {
            tally.Add([.. maps.At(i).Where(float.IsFinite)], mask: null);
        }

        float lowest = 0, high = 0;
        bool isFound = false;
        foreach (PixelStep step in tally.Steps())
        {
            if (!isFound && step.Alarms >= (1 - Share) * tally.NormalCount)
            {
                (high, isFound) = (step.Threshold, true);
            }

            lowest = Math.Min(lowest, step.Threshold);
        }

        return new ResidualScale(lowest, high > lowest ? high : lowest + 1);
    }

    /// <summary>Place of a residual on the ramp, in [0, 1].</summary>
    public double Place(float residual) => Math.Clamp((residual - Low) / ((double)High - Low), 0, 1);
}
