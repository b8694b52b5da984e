namespace QualityGate.Anomaly.Evaluation;

/// <summary>Floats as whole numbers of the same order, which can be sorted by their digits.</summary>
internal static class PixelKey
{
    private const uint Sign = 0x8000_0000;

    /// <summary>The key; both zeros have the same.</summary>
    public static uint Of(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value);
        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }

    /// <summary>The value of a key.</summary>
    public static float ValueOf(uint key) => BitConverter.UInt32BitsToSingle((key & Sign) != 0 ? key ^ Sign : ~key);
}
