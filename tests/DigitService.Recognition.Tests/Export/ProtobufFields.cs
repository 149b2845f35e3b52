using System.Text;

namespace DigitService.Recognition.Tests.Export;

/// <summary>The fields of a message in Protocol Buffers' wire format, read without knowing what they mean.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Number, object Value)> _fields = [];

    internal ProtobufFields(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Number(ref bytes);
            var kind = (int)(tag & 7);
            var length = kind switch { 0 => 0, 2 => (int)Number(ref bytes), 5 => 4, _ => throw new FormatException($"Kind {kind}") };
            _fields.Add(((int)(tag >> 3), kind == 0 ? (long)Number(ref bytes) : bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    internal IEnumerable<long> Integers(int field) => Values(field).Cast<long>();

    internal long Integer(int field) => Integers(field).Single();

    internal IEnumerable<string> Texts(int field) => Values(field).Select(value => Encoding.UTF8.GetString((byte[])value));

    internal string Text(int field) => Texts(field).Single();

    internal byte[] Data(int field) => (byte[])Values(field).Single();

    internal IEnumerable<ProtobufFields> Messages(int field) =>
        Values(field).Select(value => new ProtobufFields((byte[])value));

    internal ProtobufFields Message(int field) => Messages(field).Single();

    private IEnumerable<object> Values(int field) => _fields.Where(entry => entry.Number == field).Select(entry => entry.Value);

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        for (; bytes[0] >= 0x80; bytes = bytes[1..], shift += 7)
        {
            value |= (ulong)(bytes[0] & 0x7F) << shift;
        }

        value |= (ulong)bytes[0] << shift;
        bytes = bytes[1..];
        return value;
    }
}
