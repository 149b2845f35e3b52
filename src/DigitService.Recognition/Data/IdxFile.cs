using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitService.Recognition.Data;

/// <summary>
/// An array of unsigned bytes in the IDX format that MNIST is published in (http://yann.lecun.com/exdb/mnist):
/// two zero bytes, the element type (8), the number of dimensions, their sizes as big-endian 32-bit numbers, the data.
/// </summary>
/// <param name="Shape">The sizes of the dimensions, the number of items first.</param>
/// <param name="Data">The elements in row-major order.</param>
public sealed record IdxFile(IReadOnlyList<int> Shape, byte[] Data)
{
    private const int UnsignedByte = 8;
    private const long MaxBytes = 1L << 30;

    /// <summary>Reads a file, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="DatasetException">It is missing, damaged, or not such a file.</exception>
    public static IdxFile Read(string path, int dimensions) => Open(path, file =>
    {
        if (!IsGzip(file))
        {
            return Read(file, path, dimensions);
        }

        var declared = GzipLength(file);
        using var stream = new GZipStream(file, CompressionMode.Decompress);
        var idx = Read(stream, path, dimensions);
        return declared == HeaderLength(dimensions) + idx.Data.Length
            ? idx
            : throw new DatasetException($"{path} is cut off: its gzip data has no end.");
    });

    /// <summary>Reads what the beginning of a file says of the sizes of its dimensions, and nothing else.</summary>
    /// <param name="path">The file, gzipped or not.</param>
    /// <param name="dimensions">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="DatasetException">It is missing, damaged, or not such a file.</exception>
    public static IReadOnlyList<int> ReadShape(string path, int dimensions) => Open(path, file =>
    {
        if (!IsGzip(file))
        {
            return ReadShape(file, path, dimensions).Shape;
        }

        using var stream = new GZipStream(file, CompressionMode.Decompress);
        return ReadShape(stream, path, dimensions).Shape;
    });

    private static T Open<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var file = File.OpenRead(path);
            return read(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path} is missing.", error);
        }
        catch (InvalidDataException error)
        {
            throw new DatasetException($"{path} is damaged: its gzip data cannot be read ({error.Message})", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not DatasetException))
        {
            throw new DatasetException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static IdxFile Read(Stream stream, string path, int dimensions)
    {
        var (shape, length) = ReadShape(stream, path, dimensions);
        return new IdxFile(shape, ReadData(stream, path, length));
    }

    private static (int[] Shape, int Length) ReadShape(Stream stream, string path, int dimensions)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(stream, magic, path, "its header");
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte)
        {
            throw new DatasetException(
                $"{path} is not an IDX file of bytes: it begins with {Convert.ToHexString(magic)}, not with 000008.");
        }

        if (magic[3] != dimensions)
        {
            throw new DatasetException($"{path} has {magic[3]} dimensions; {dimensions} are expected.");
        }

        var shape = new int[dimensions];
        var length = 1L;
        Span<byte> size = stackalloc byte[4];
        for (var i = 0; i < dimensions; i++)
        {
            Fill(stream, size, path, "its header");
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            length = shape[i] is > 0 and < int.MaxValue && length <= MaxBytes ? length * shape[i] : -1;
            if (length is < 0 or > MaxBytes)
            {
                throw new DatasetException($"{path} declares a size of {shape[i]} in dimension {i}, which makes no sense.");
            }
        }

        return (shape, (int)length);
    }

    // The declared length is not trusted with an allocation before that much data has come.
    private static byte[] ReadData(Stream stream, string path, int length)
    {
        var data = new byte[Math.Min(length, 1 << 20)];
        var read = 0;
        while (read < length)
        {
            if (read == data.Length)
            {
                Array.Resize(ref data, (int)Math.Min(length, 2L * data.Length));
            }

            var count = stream.Read(data, read, data.Length - read);
            if (count == 0)
            {
                throw new DatasetException($"{path} is cut off: it declares {length:N0} elements and has {read:N0}.");
            }

            read += count;
        }

        if (stream.ReadByte() >= 0)
        {
            throw new DatasetException($"{path} is longer than the {length:N0} elements that it declares.");
        }

        return data;
    }

    private static void Fill(Stream stream, Span<byte> target, string path, string what)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw new DatasetException($"{path} is cut off in {what}.");
        }
    }

    private static int HeaderLength(int dimensions) => 4 + (4 * dimensions);

    // The last four bytes of a gzip file are the length of what is in it. Decompression checks it, and the checksum
    // before it, only where both are there.
    private static long GzipLength(FileStream file)
    {
        Span<byte> length = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - length.Length);
        file.ReadExactly(length);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }
}
