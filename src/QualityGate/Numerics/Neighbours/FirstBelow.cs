using System.Numerics;

namespace QualityGate.Numerics.Neighbours;

/// <summary>The scan that nearly every distance goes through: is this one small enough to be looked at?</summary>
internal static class FirstBelow
{
    /// <summary>
    /// First index from <paramref name="start"/> at which <c>low * (own + norm) - 2 * product</c> is not above
    /// <paramref name="threshold"/>, or the length.
    /// </summary>
    public static int Find(ReadOnlySpan<float> norms, ReadOnlySpan<float> products, float own, float low, float threshold, int start)
    {
        int length = products.Length, i = start;
        Vector<float> ownVector = new(own), lowVector = new(low), limit = new(threshold), two = new(2f);
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = (lowVector * (ownVector + new Vector<float>(norms[i..]))) - (two * new Vector<float>(products[i..]));
            if (Vector.LessThanOrEqualAny(value, limit))
            {
                break;
            }
        }

        for (; i < length; i++)
        {
            if ((low * (own + norms[i])) - (2 * products[i]) <= threshold)
            {
                return i;
            }
        }

        return length;
    }
}
