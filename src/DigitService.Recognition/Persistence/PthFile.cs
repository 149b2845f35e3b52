namespace DigitService.Recognition.Persistence;

/// <summary>
/// Reads and writes PyTorch's checkpoints (<c>.pth</c>, <c>.pt</c>; a zip archive around a pickle,
/// since PyTorch 1.6) without PyTorch. Python runs a pickle as a program; here only the few opcodes
/// and names that a state dictionary needs are understood, and anything else is refused unrun.
/// </summary>
/// <remarks>
/// Values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="string"/>, <see cref="PthTensor"/>, <c>List&lt;object?&gt;</c>, <see cref="PthTuple"/>
/// and <see cref="PthDictionary"/>. What is written reads back equal, and equal values make equal
/// bytes. A parameter reads as its tensor; devices, gradients' flags and a state dictionary's
/// <c>_metadata</c> are dropped.
/// </remarks>
public static class PthFile
{
    // PyTorch finds the folder by looking, whatever its name. A fixed one keeps the bytes the same
    // under every file name.
    private const string Folder = "archive/";

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may cost; the defaults where null.</param>
    /// <exception cref="PthFormatException">The file is damaged, of another format, or beyond the limits.</exception>
    /// <exception cref="IOException">The file is not there or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static object? Read(string path, PthLimits? limits = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(file, path, limits);
    }

    /// <summary>Reads a checkpoint that makes up the whole of a stream, from its beginning.</summary>
    /// <param name="stream">The stream, which stays open. One that cannot seek is first copied to memory.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="limits">What the file may cost; the defaults where null.</param>
    /// <exception cref="PthFormatException">The file is damaged, of another format, or beyond the limits.</exception>
    public static object? Read(Stream stream, string name, PthLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        limits ??= PthLimits.Default;
        if (!stream.CanSeek)
        {
            using var copy = CopyToMemory(stream, name, limits);
            return Read(copy, name, limits);
        }

        using var archive = PthArchive.Open(stream, name, limits);
        var pickle = archive.ReadPickle(limits.MaximumPickleBytes);
        var value = new PickleReader(pickle, new TensorStorages(archive, limits, name), limits, name).Read();
        ObjectGraph.Check(value, limits, name);
        return value;
    }

    /// <summary>
    /// Writes a checkpoint, or on failure nothing: readers find the old file or the whole new one,
    /// since it is written beside the old one, flushed to the disk and renamed over it.
    /// </summary>
    /// <exception cref="ArgumentException">The value holds something that a checkpoint cannot.</exception>
    /// <exception cref="NotSupportedException">The value has more than 4 GiB.</exception>
    /// <exception cref="IOException">The folder is missing, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, object? value)
    {
        var writer = new PickleWriter();
        var pickle = writer.Pickle(value);
        AtomicFile.Write(path, file => WriteArchive(file, pickle, writer.Tensors));
    }

    /// <summary>Writes a checkpoint to a stream, which stays open and need not seek.</summary>
    /// <exception cref="ArgumentException">The value holds something that a checkpoint cannot.</exception>
    /// <exception cref="NotSupportedException">The value has more than 4 GiB.</exception>
    public static void Write(Stream stream, object? value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new PickleWriter();
        WriteArchive(stream, writer.Pickle(value), writer.Tensors);
    }

    private static void WriteArchive(Stream stream, byte[] pickle, IReadOnlyList<PthTensor> tensors)
    {
        var zip = new StoredZipWriter(stream);
        zip.Add(Folder + "data.pkl", pickle);
        zip.Add(Folder + "byteorder", "little"u8);
        for (var key = 0; key < tensors.Count; key++)
        {
            zip.Add($"{Folder}data/{key}", tensors[key].Data.Span);
        }

        zip.Add(Folder + "version", "3\n"u8);
        zip.Finish();
    }

    private static MemoryStream CopyToMemory(Stream stream, string name, PthLimits limits)
    {
        var copy = new MemoryStream();
        var buffer = new byte[81_920];
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if (copy.Length + count > Math.Min(limits.MaximumTotalBytes, Array.MaxLength))
            {
                throw PthFormatException.In(name, $"the file has more than {limits.MaximumTotalBytes} bytes.");
            }

            copy.Write(buffer, 0, count);
        }

        return copy;
    }
}
