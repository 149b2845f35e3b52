using System.Buffers.Binary;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// The checksum of zip and PNG (CRC-32, polynomial 0xEDB88320), eight bytes a step: one table per
/// byte of the step, each the one before it advanced by a zero byte. ZipArchive does not compare
/// checksums when it reads, and weights have no other redundancy that would show a flipped bit.
/// </summary>
internal static class ZipChecksum
{
    private static readonly uint[][] _tables = MakeTables();

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = _tables[7][(byte)low] ^ _tables[6][(byte)(low >> 8)]
                ^ _tables[5][(byte)(low >> 16)] ^ _tables[4][low >> 24]
                ^ _tables[3][(byte)high] ^ _tables[2][(byte)(high >> 8)]
                ^ _tables[1][(byte)(high >> 16)] ^ _tables[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = _tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (var index = 0u; index < 256; index++)
            {
                tables[table][index] = table == 0
                    ? EightSteps(index)
                    : EightSteps(tables[table - 1][index]);
            }
        }

        return tables;
    }

    private static uint EightSteps(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        }

        return value;
    }
}
