using System.IO.Compression;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A zip archive whose entries are read whole, with their sizes and checksums verified and within a
/// budget of bytes. Every failure leaves as a <see cref="PthFormatException"/>.
/// </summary>
internal sealed class CheckedZip : IDisposable
{
    private const int FirstChunk = 1 << 20;

    /// <summary>Deflate cannot unfold further than this, so a header that says so lies.</summary>
    private const long DeflateMaximum = 1032;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly ZipArchive _zip;
    private readonly string _file;
    private long _budget;

    /// <summary>Opens the archive that makes up a seekable stream.</summary>
    internal CheckedZip(Stream stream, string file, long budget)
    {
        _file = file;
        _budget = budget;
        _zip = Guard(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        try
        {
            foreach (var entry in Guard(() => _zip.Entries))
            {
                // Two readers that pick different ones of two equal names would see different weights.
                if (!_entries.TryAdd(entry.FullName, entry))
                {
                    throw Refuse($"the zip archive has two entries named {Quote(entry)}.");
                }
            }
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>The entries' full names.</summary>
    internal IReadOnlyCollection<string> Names => _entries.Keys;

    public void Dispose() => _zip.Dispose();

    /// <summary>The length that an entry claims to unfold to, in bytes; null where there is no such entry.</summary>
    internal long? Length(string name) => _entries.TryGetValue(name, out var entry) ? entry.Length : null;

    /// <summary>The bytes of an entry that is there.</summary>
    internal byte[] Read(string name)
    {
        var entry = _entries[name];
        var length = entry.Length;
        if (entry.IsEncrypted)
        {
            throw Refuse($"the entry {Quote(entry)} is encrypted.");
        }

        if (length < 0 || length > Array.MaxLength || length / DeflateMaximum > entry.CompressedLength)
        {
            throw Refuse(
                $"the entry {Quote(entry)} claims {length} bytes out of {entry.CompressedLength}, which cannot be.");
        }

        if (length > _budget)
        {
            throw Refuse(
                $"the file unfolds to more bytes than the limits allow for one of its length, at {Quote(entry)}.");
        }

        _budget -= length;
        var bytes = Guard(() => Inflate(entry, (int)length));
        return ZipChecksum.Of(bytes) == entry.Crc32
            ? bytes
            : throw Refuse($"the checksum of {Quote(entry)} does not match, so the file is damaged.");
    }

    /// <summary>Takes memory only as bytes arrive, so that a header alone can claim nothing.</summary>
    private static byte[] Inflate(ZipArchiveEntry entry, int length)
    {
        // Opening fails where the entry's own bytes are not all there, so its stored length is real.
        using var content = entry.Open();
        var isReal = length <= entry.CompressedLength;
        var bytes = new byte[isReal ? length : Math.Min(length, FirstChunk)];
        var filled = 0;
        while (true)
        {
            content.ReadExactly(bytes.AsSpan(filled));
            filled = bytes.Length;
            if (filled == length)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(length, 2L * filled));
        }
    }

    /// <summary>ZipArchive answers damage with half a dozen types of exception.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or NotSupportedException
            or ArgumentException or ArithmeticException or InvalidOperationException)
        {
            throw Refuse(
                $"the zip archive is damaged or cut short ({failure.Message}). {PthArchive.Accepted}", failure);
        }
    }

    private static string Quote(ZipArchiveEntry entry) => PthFormatException.Quote(entry.FullName);

    private PthFormatException Refuse(string problem, Exception? inner = null) =>
        PthFormatException.In(_file, problem, inner);
}
