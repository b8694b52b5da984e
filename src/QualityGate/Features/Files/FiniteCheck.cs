using System.Numerics;
using System.Runtime.InteropServices;
using QualityGate.Errors;
using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>Looks for NaN and infinity, so that a metric never starts on them.</summary>
internal static class FiniteCheck
{
    // All exponent bits set means NaN or infinity.
    private const uint ExponentBits = 0x7F80_0000;

    /// <summary>Whether every value is a number.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        Vector<uint> mask = new(ExponentBits);
        Vector<uint> found = Vector<uint>.Zero;
        int i = 0;
        for (; i + Vector<uint>.Count <= bits.Length; i += Vector<uint>.Count)
        {
            found |= Vector.Equals(new Vector<uint>(bits[i..]) & mask, mask);
        }

        bool finite = found == Vector<uint>.Zero;
        for (; i < bits.Length; i++)
        {
            finite &= (bits[i] & ExponentBits) != ExponentBits;
        }

        return finite;
    }

    /// <summary>Checks a whole matrix.</summary>
    /// <exception cref="UserErrorException">Some value is not finite; the message names the first and how many there are.</exception>
    public static void Require(FeatureMatrix matrix, string source, string name, IReadOnlyList<string>? ids)
    {
        long values = 0;
        int rows = 0;
        (int Row, int Column, float Value)? first = null;
        FeatureFingerprint.ForEachBlock(matrix, (start, block) =>
        {
            if (AreFinite(block))
            {
                return;
            }

            for (int row = 0; row < block.Count / matrix.Width; row++)
            {
                Span<float> line = block.AsSpan(row * matrix.Width, matrix.Width);
                int bad = 0;
                for (int column = 0; column < line.Length; column++)
                {
                    if (!float.IsFinite(line[column]))
                    {
                        first ??= (start + row, column, line[column]);
                        bad++;
                    }
                }

                values += bad;
                rows += bad > 0 ? 1 : 0;
            }
        });
        if (first is not null)
        {
            string id = ids is not null ? $" ({ids[first.Value.Row]})" : "";
            FormattableString message =
                $"{source}: {values} of the {name} in {rows} of {matrix.Count} rows are not finite; the first is {first.Value.Value} in row {first.Value.Row}{id}, column {first.Value.Column}.";
            throw new UserErrorException(DataErrors.FeaturesNotFinite, FormattableString.Invariant(message));
        }
    }
}
