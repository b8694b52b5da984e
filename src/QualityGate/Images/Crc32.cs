namespace QualityGate.Images;

/// <summary>The checksum of zip entries and PNG chunks: CRC-32, polynomial 0xEDB88320 (ISO 3309), eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint[][] t = Tables;
        uint crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            uint low = crc ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][high & 255] ^ t[2][(high >> 8) & 255] ^ t[1][(high >> 16) & 255] ^ t[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
            crc = t[0][(crc ^ value) & 255] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < 8; k++)
            tables[k] = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            tables[0][i] = value;
        }

        for (int k = 1; k < 8; k++)
        {
            for (int i = 0; i < 256; i++)
                tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 255];
        }

        return tables;
    }
}
