using System.Buffers.Binary;
using System.Text;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// Writes a zip archive as PyTorch lays it out: nothing compressed, and every entry's bytes start at
/// a multiple of 64 in the file, so that PyTorch can map tensors into memory in place. ZipArchive
/// cannot pad, and stamps the time; here equal entries make equal files.
/// </summary>
internal sealed class StoredZipWriter
{
    private const int Alignment = 64;
    private const int LocalHeaderLength = 30;
    private const int PaddingHeaderLength = 4;
    private const ushort Version = 20;
    private const ushort FirstOfJanuary1980 = 0x0021;

    /// <summary>The id "FB" under which PyTorch files its padding in a header's extra field.</summary>
    private const ushort PaddingId = 0x4246;

    private readonly Stream _stream;
    private readonly List<Entry> _entries = [];
    private long _position;

    internal StoredZipWriter(Stream stream) => _stream = stream;

    /// <summary>Writes an entry whose name is ASCII.</summary>
    /// <exception cref="NotSupportedException">The archive would pass 4 GiB or 65,534 entries.</exception>
    internal void Add(string name, ReadOnlySpan<byte> content)
    {
        var entry = new Entry(Encoding.ASCII.GetBytes(name), ZipChecksum.Of(content), content.Length, _position);
        var start = _position + LocalHeaderLength + entry.Name.Length + PaddingHeaderLength;
        var padding = (int)((Alignment - (start % Alignment)) % Alignment);
        if (start + padding + content.Length >= uint.MaxValue || _entries.Count >= ushort.MaxValue - 1)
        {
            throw new NotSupportedException("A .pth file is written with up to 4 GiB and 65,530 tensors.");
        }

        var header = new HeaderBuffer();
        header.Put32(0x04034B50);
        PutCommon(header, entry, (ushort)(PaddingHeaderLength + padding));
        header.Put(entry.Name);
        header.Put16(PaddingId);
        header.Put16((ushort)padding);
        header.Put(new byte[padding]);
        Write(header.Bytes);
        Write(content);
        _entries.Add(entry);
    }

    /// <summary>Writes the directory, without which the archive is not one.</summary>
    /// <exception cref="NotSupportedException">The archive would pass 4 GiB.</exception>
    internal void Finish()
    {
        var start = _position;
        foreach (var entry in _entries)
        {
            var header = new HeaderBuffer();
            header.Put32(0x02014B50);
            header.Put16(Version);
            PutCommon(header, entry, extraLength: 0);
            header.Put16(0); // comment
            header.Put16(0); // disk
            header.Put16(0); // internal attributes
            header.Put32(0); // external attributes
            header.Put32((uint)entry.Offset);
            header.Put(entry.Name);
            Write(header.Bytes);
        }

        if (_position >= uint.MaxValue)
        {
            throw new NotSupportedException("A .pth file is written with up to 4 GiB.");
        }

        var end = new HeaderBuffer();
        end.Put32(0x06054B50);
        end.Put16(0); // this disk
        end.Put16(0); // the directory's disk
        end.Put16((ushort)_entries.Count);
        end.Put16((ushort)_entries.Count);
        end.Put32((uint)(_position - start));
        end.Put32((uint)start);
        end.Put16(0); // comment
        Write(end.Bytes);
    }

    /// <summary>The part that a file's own header and its line in the directory have in common.</summary>
    private static void PutCommon(HeaderBuffer header, Entry entry, ushort extraLength)
    {
        header.Put16(Version);
        header.Put16(0); // flags
        header.Put16(0); // stored
        header.Put16(0); // midnight
        header.Put16(FirstOfJanuary1980);
        header.Put32(entry.Checksum);
        header.Put32((uint)entry.Length);
        header.Put32((uint)entry.Length);
        header.Put16((ushort)entry.Name.Length);
        header.Put16(extraLength);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _position += bytes.Length;
    }

    private sealed record Entry(byte[] Name, uint Checksum, int Length, long Offset);

    private sealed class HeaderBuffer
    {
        private readonly List<byte> _bytes = new(128);

        internal ReadOnlySpan<byte> Bytes => _bytes.ToArray();

        internal void Put(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

        internal void Put16(ushort value)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            Put(bytes);
        }

        internal void Put32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            Put(bytes);
        }
    }
}
