using System.Buffers.Binary;
using System.Text;

namespace DigitService.Recognition.Persistence;

/// <summary>Reads a pickle's primitives one after the other and never past its end.</summary>
internal sealed class PickleCursor(byte[] pickle, string file)
{
    private const int LongestName = 256;

    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>How many bytes have been read.</summary>
    internal int Position { get; private set; }

    internal bool IsAtEnd => Position == pickle.Length;

    internal byte Byte() => Take(1)[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>The one number that pickle keeps in network order.</summary>
    internal double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A two's complement integer of so many bytes, lowest first; none at all means 0.</summary>
    internal long Integer(long byteCount)
    {
        var bytes = Take(byteCount);
        var isNegative = bytes.Length > 0 && bytes[^1] >= 0x80;
        var padding = isNegative ? byte.MaxValue : byte.MinValue;
        while (bytes.Length > sizeof(long) && bytes[^1] == padding && bytes[^2] >= 0x80 == isNegative)
        {
            bytes = bytes[..^1];
        }

        if (bytes.Length > sizeof(long))
        {
            throw Damaged($"it holds an integer of {bytes.Length} bytes; integers of up to 64 bits are read");
        }

        var value = isNegative ? -1L : 0L;
        for (var index = bytes.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | bytes[index];
        }

        return value;
    }

    internal string Text(ulong byteCount)
    {
        var bytes = Take(byteCount > int.MaxValue ? -1 : (long)byteCount);
        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException failure)
        {
            throw Damaged("it holds a string that is not UTF-8", failure);
        }
    }

    /// <summary>A line of ASCII, as the names of modules and classes are.</summary>
    internal string Line()
    {
        var rest = pickle.AsSpan(Position);
        var end = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw Damaged("the name of a class is cut short or longer than any");
        }

        var line = Encoding.ASCII.GetString(Take(end));
        Position++;
        return line;
    }

    internal PthFormatException Damaged(string problem, Exception? inner = null) =>
        PthFormatException.In(file, $"its data.pkl cannot be read at byte {Position}: {problem}.", inner);

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > pickle.Length - Position)
        {
            throw Damaged("it is cut short");
        }

        var taken = pickle.AsSpan(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
