using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// Reads and writes <c>.safetensors</c>, Hugging Face's format for weights: the length of a header (8 bytes,
/// little-endian), the header (a JSON object of names, types, shapes and offsets), and the tensors' bytes without a gap.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>The header's entry that is no tensor but texts.</summary>
    internal const string MetadataName = "__metadata__";

    internal const int LengthBytes = sizeof(ulong);

    // Readers map the file into memory: the tensors begin at a multiple of the longest element.
    private const int Alignment = 8;

    // The header stands alone and is never part of a web page: names stay legible in it.
    private static readonly JsonWriterOptions _writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may cost; the defaults where null.</param>
    /// <exception cref="SafetensorsFormatException">The file is damaged, of another format, or beyond the limits.</exception>
    /// <exception cref="IOException">The file is not there or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static SafetensorsContent Read(string path, SafetensorsLimits? limits = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var header = SafetensorsHeader.Read(file, path, limits ?? SafetensorsLimits.Default);
        var tensors = new OrderedDictionary<string, PthTensor>();
        foreach (var (name, entry) in header.Entries)
        {
            // The header has made sure that the file has just these bytes, in this order.
            var data = new byte[entry.End - entry.Start];
            file.ReadExactly(data);
            if (entry.ElementType == PthElementType.Bool && !ElementTypes.AreBooleans(data))
            {
                throw new SafetensorsFormatException(
                    $"{path}: the tensor {PthFormatException.Quote(name)} holds a bool that is neither 0 nor 1.");
            }

            tensors.Add(name, new PthTensor(entry.ElementType, entry.Shape, data));
        }

        return new SafetensorsContent(tensors, header.Metadata);
    }

    /// <summary>Writes a file, or on failure nothing: what was there stays until the new file is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name; none where null.</param>
    /// <exception cref="ArgumentException">A tensor has the name <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The folder is missing, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, PthTensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) => AtomicFile.Write(path, file => Write(file, tensors, metadata));

    /// <summary>Writes a file's content to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name; none where null.</param>
    /// <exception cref="ArgumentException">A tensor has the name <c>__metadata__</c>.</exception>
    public static void Write(
        Stream stream,
        IReadOnlyDictionary<string, PthTensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(MetadataName))
        {
            throw new ArgumentException($"{MetadataName} is no name for a tensor: the format keeps texts there.", nameof(tensors));
        }

        // Long elements first, so that each tensor begins at a multiple of its element's size.
        KeyValuePair<string, PthTensor>[] ordered =
            [.. tensors.OrderByDescending(entry => ElementTypes.Size(entry.Value.ElementType))];
        var header = Header(ordered, metadata);
        var length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    private static byte[] Header(
        KeyValuePair<string, PthTensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, _writing))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach (var (name, value) in metadata)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            var start = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsHeader.NameOf(tensor.ElementType));
                WriteNumbers(json, "shape", tensor.Dimensions);
                WriteNumbers(json, "data_offsets", [start, start + tensor.Data.Length]);
                json.WriteEndObject();
                start += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - (text.Length % Alignment)) % Alignment;
        return [.. text.ToArray(), .. Enumerable.Repeat((byte)' ', (int)padding)];
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
