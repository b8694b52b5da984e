namespace QualityGate.Numerics.Random;

/// <summary>
/// numpy's legacy <c>RandomState</c>: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) with numpy's own ways of
/// drawing from it. Two public conventions (torch-fidelity's IS and KID) are defined by what it draws, so it is
/// reproduced draw for draw. Frozen by numpy's own policy (NEP 19).
/// </summary>
public sealed class NumpyRandomState
{
    private const int StateLength = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[StateLength];
    private int _position = StateLength;

    /// <summary>Same stream as <c>numpy.random.RandomState(seed)</c>.</summary>
    public NumpyRandomState(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < StateLength; i++)
        {
            uint previous = _state[i - 1];
            _state[i] = (1812433253u * (previous ^ (previous >> 30))) + i;
        }
    }

    /// <summary><c>permutation(count)</c>: 0..count-1 in shuffled order.</summary>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)NextUpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary><c>choice(count, size, replace=False)</c>: the head of a whole permutation, as numpy draws it.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative or above <paramref name="count"/>.</exception>
    public int[] ChoiceWithoutReplacement(int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        return Permutation(count)[..size];
    }

    /// <summary><c>random_sample()</c>: uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    // numpy's random_interval: the smallest mask of ones that holds the bound, redrawn while above it.
    private uint NextUpTo(uint bound)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(bound);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > bound);
        return value;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_position == StateLength)
        {
            Refill();
        }

        uint y = _state[_position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % StateLength] & 0x7fffffffu);
            _state[i] = _state[(i + Middle) % StateLength] ^ (y >> 1) ^ ((y & 1) == 0 ? 0u : 0x9908b0dfu);
        }

        _position = 0;
    }
}
