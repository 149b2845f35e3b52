using System.Text;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// The archive around a checkpoint: one folder, of any name, that holds <c>data.pkl</c>, the storages
/// <c>data/0</c> and up, <c>version</c> and, in newer files, <c>byteorder</c>. What else lies there is
/// left alone.
/// </summary>
internal sealed class PthArchive : IDisposable
{
    internal const string Accepted = "Accepted are the zip files that torch.save of PyTorch 1.6 or newer writes.";

    private const string PickleEntry = "data.pkl";
    private const long AlwaysAffordable = 1 << 20;
    private const int LongestNote = 64;

    private readonly CheckedZip _zip;
    private readonly string _file;
    private readonly string _folder;

    private PthArchive(CheckedZip zip, string file)
    {
        _zip = zip;
        _file = file;
        _folder = FindFolder();
        RefuseTorchScript();
        CheckVersion();
        CheckByteOrder();
    }

    /// <summary>Opens a seekable stream that holds a checkpoint and nothing else.</summary>
    internal static PthArchive Open(Stream stream, string file, PthLimits limits)
    {
        RefuseOtherFormats(stream, file);
        var length = stream.Length;
        var allowed = (Int128)limits.MaximumTotalBytes + limits.MaximumPickleBytes + AlwaysAffordable;
        if (length > allowed)
        {
            throw PthFormatException.In(file, $"the file has {length} bytes, where {allowed} are the limit.");
        }

        var affordable = Math.BigMul(length, limits.MaximumExpansion) + AlwaysAffordable;
        var zip = new CheckedZip(stream, file, (long)Int128.Min(affordable, Int128.Min(allowed, long.MaxValue)));
        try
        {
            return new PthArchive(zip, file);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public void Dispose() => _zip.Dispose();

    internal byte[] ReadPickle(int maximumBytes)
    {
        var length = _zip.Length(_folder + PickleEntry);
        return length <= maximumBytes
            ? _zip.Read(_folder + PickleEntry)
            : throw Refuse($"its {PickleEntry} has {length} bytes, where {maximumBytes} are the limit.");
    }

    /// <summary>Reads a storage whose length the pickle has declared; the two must agree to the byte.</summary>
    internal byte[] ReadStorage(string key, Int128 declaredLength)
    {
        var entry = PthFormatException.Quote("data/" + key);
        var length = _zip.Length($"{_folder}data/{key}")
            ?? throw Refuse($"the storage {entry}, which a tensor needs, is missing.");
        return length == declaredLength
            ? _zip.Read($"{_folder}data/{key}")
            : throw Refuse($"the storage {entry} has {length} bytes, but its tensor was saved with {declaredLength}.");
    }

    private static void RefuseOtherFormats(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[4];
        stream.Position = 0;
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (count == 0)
        {
            throw PthFormatException.In(file, $"the file is empty. {Accepted}");
        }

        // The first pickle of the old format is a 10-byte integer, PyTorch's magic number.
        if (start.SequenceEqual<byte>([0x80, 0x02, 0x8A, 0x0A]))
        {
            throw PthFormatException.In(
                file,
                "the file is in PyTorch's legacy format, from before version 1.6. "
                + $"Load it in PyTorch and save it again with torch.save. {Accepted}");
        }

        if (!start.SequenceEqual("PK\u0003\u0004"u8))
        {
            throw PthFormatException.In(file, $"the file is not a PyTorch checkpoint. {Accepted}");
        }
    }

    private string FindFolder()
    {
        var folders = _zip.Names
            .Where(name => name.IndexOf('/') is > 0 and var slash && name[(slash + 1)..] == PickleEntry)
            .Select(name => name[..^PickleEntry.Length])
            .ToList();
        var found = folders.Count == 0 ? $"no {PickleEntry}" : $"more than one {PickleEntry}";
        return folders.Count == 1
            ? folders[0]
            : throw Refuse(
                $"the zip archive has {found} in its top folders, so it is not a PyTorch checkpoint. {Accepted}");
    }

    private void RefuseTorchScript()
    {
        if (_zip.Names.Any(name => name == _folder + "constants.pkl"
            || name.StartsWith(_folder + "code/", StringComparison.Ordinal)))
        {
            throw Refuse(
                "the file is a TorchScript archive, a program and not only weights. "
                + "Load it with torch.jit.load and save its state_dict() with torch.save.");
        }
    }

    private void CheckVersion()
    {
        var text = ReadNote("version")
            ?? throw Refuse($"the zip archive has no version entry, so it is not a PyTorch checkpoint. {Accepted}");

        // PyTorch itself reads 1 to 10, and has written 3 for as long as it has had this layout.
        if (text is not ("1" or "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9" or "10"))
        {
            throw Refuse($"the archive's version is {PthFormatException.Quote(text)}; versions 1 to 10 are read.");
        }
    }

    private void CheckByteOrder()
    {
        if (ReadNote("byteorder") is { } order && order != "little")
        {
            throw Refuse($"its numbers are in byte order {PthFormatException.Quote(order)}; only 'little' is read.");
        }
    }

    /// <summary>A short text entry without its line end; null where there is none.</summary>
    private string? ReadNote(string name)
    {
        return _zip.Length(_folder + name) switch
        {
            null => null,
            <= LongestNote => Encoding.ASCII.GetString(_zip.Read(_folder + name)).Trim(),
            var length => throw Refuse($"its {name} entry has {length} bytes, not a few."),
        };
    }

    private PthFormatException Refuse(string problem) => PthFormatException.In(_file, problem);
}
