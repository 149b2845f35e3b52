using System.Buffers.Binary;

namespace DigitService.Recognition.Imaging;

/// <summary>Reads numbers from the front of a header. Reading past the end is <see cref="ImageFault.Damaged"/>.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal int Position { get; private set; }

    internal readonly int Length => _bytes.Length;

    internal readonly int Left => _bytes.Length - Position;

    internal readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    internal byte Byte() => Take(1)[0];

    internal int LittleEndian16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal int BigEndian16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    internal int LittleEndian24()
    {
        var bytes = Take(3);
        return bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
    }

    internal uint LittleEndian32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal uint BigEndian32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    internal ReadOnlySpan<byte> Take(long count)
    {
        if (count > Left)
        {
            throw ImageException.Damaged("it is cut off.");
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
