using System.Text;

namespace QualityGate.Samples.Generator;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014). System.Random does not promise the same numbers in every version of .NET; this does.
/// </summary>
internal sealed class RandomSource(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>FNV-1a of the UTF-8 bytes: a seed that depends on the name alone, so one image never moves another.</summary>
    public static ulong SeedOf(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(name)) hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }

    /// <summary>A well mixed function of the bits, for lattices that need a random number at a place.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>The top 53 bits as a number in [0, 1).</summary>
    public static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    public ulong NextBits() => Mix(_state += Step);

    public double NextUnit() => ToUnit(NextBits());

    public double Between(double low, double high) => low + (high - low) * NextUnit();

    /// <summary>An independent source for one part of a scene.</summary>
    public RandomSource Split() => new(NextBits());
}
