using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DigitService.Recognition.Export;

/// <summary>
/// A message in Protocol Buffers' wire format, written field by field: a tag of the field's number and kind, then a
/// variable-length integer, four bytes, or a length and as many bytes.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0;
    private const int LengthDelimited = 2;
    private const int FourBytes = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    internal ProtobufMessage Integer(int field, long value)
    {
        Number(((ulong)field << 3) | VariableLength);
        Number((ulong)value);
        return this;
    }

    internal ProtobufMessage Integers(int field, IEnumerable<long> values)
    {
        foreach (var value in values)
        {
            Integer(field, value);
        }

        return this;
    }

    internal ProtobufMessage Single(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Number(((ulong)field << 3) | FourBytes);
        _bytes.Write(bytes);
        return this;
    }

    internal ProtobufMessage Text(int field, string value) => Data(field, Encoding.UTF8.GetBytes(value));

    internal ProtobufMessage Message(int field, ProtobufMessage value) => Data(field, value.Bytes);

    internal ProtobufMessage Data(int field, ReadOnlySpan<byte> value)
    {
        Number(((ulong)field << 3) | LengthDelimited);
        Number((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
