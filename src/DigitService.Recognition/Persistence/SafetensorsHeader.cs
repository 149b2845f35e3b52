using System.Buffers.Binary;
using System.Text.Json;

namespace DigitService.Recognition.Persistence;

/// <summary>A tensor's line in the header; the offsets count from the header's end.</summary>
internal sealed record SafetensorsEntry(PthElementType ElementType, long[] Shape, long Start, long End);

/// <summary>A header of which everything was checked against the file's length before a tensor's bytes are read.</summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<KeyValuePair<string, SafetensorsEntry>> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private static readonly (PthElementType Type, string Name)[] _types =
    [
        (PthElementType.Float32, "F32"),
        (PthElementType.Float64, "F64"),
        (PthElementType.Int64, "I64"),
        (PthElementType.Int32, "I32"),
        (PthElementType.UInt8, "U8"),
        (PthElementType.Bool, "BOOL"),
    ];

    // A name that comes twice would let two readers see two networks in one file.
    private static readonly JsonDocumentOptions _reading = new() { MaxDepth = 3, AllowDuplicateProperties = false };

    internal static string NameOf(PthElementType type) => Array.Find(_types, known => known.Type == type).Name;

    /// <summary>Reads the header at the beginning of a file, and stops where the tensors begin.</summary>
    /// <exception cref="SafetensorsFormatException">The file is damaged, of another format, or beyond the limits.</exception>
    internal static SafetensorsHeader Read(FileStream file, string name, SafetensorsLimits limits)
    {
        Span<byte> length = stackalloc byte[SafetensorsFile.LengthBytes];
        Check(file.Length > length.Length, name, "it is not a safetensors file, which begins with a header's length.");
        file.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        Check(
            headerLength <= (ulong)limits.MaximumHeaderBytes,
            name,
            $"its header would have {headerLength} bytes; up to {limits.MaximumHeaderBytes} are read. "
            + "Perhaps it is not a safetensors file.");
        var dataLength = file.Length - length.Length - (long)headerLength;
        Check(dataLength >= 0, name, $"its header would have {headerLength} bytes, more than the file has.");
        Check(
            dataLength <= limits.MaximumTotalBytes,
            name,
            $"its tensors have {dataLength} bytes; up to {limits.MaximumTotalBytes} are read.");
        var header = new byte[headerLength];
        file.ReadExactly(header);
        Check(header is [(byte)'{', ..], name, "its header does not begin with '{'.");
        try
        {
            using var json = JsonDocument.Parse(header, _reading);
            return Of(json.RootElement, dataLength, name, limits);
        }
        catch (JsonException failure)
        {
            throw Wrong(name, $"its header is not the JSON of a safetensors file: {failure.Message}", failure);
        }
        catch (InvalidOperationException failure)
        {
            // Thrown for text that is no Unicode; everything else that could be of a wrong kind is checked.
            throw Wrong(name, "its header holds text that is not Unicode.", failure);
        }
    }

    private static SafetensorsHeader Of(JsonElement root, long dataLength, string file, SafetensorsLimits limits)
    {
        Dictionary<string, string> metadata = [];
        List<KeyValuePair<string, SafetensorsEntry>> entries = [];
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == SafetensorsFile.MetadataName)
            {
                metadata = Texts(property.Value, file);
                continue;
            }

            Check(entries.Count < limits.MaximumTensors, file, $"it has more than {limits.MaximumTensors} tensors.");
            entries.Add(KeyValuePair.Create(property.Name, Entry(property.Name, property.Value, dataLength, file)));
        }

        KeyValuePair<string, SafetensorsEntry>[] ordered =
            [.. entries.OrderBy(entry => entry.Value.Start).ThenBy(entry => entry.Value.End)];
        var end = 0L;
        foreach (var (name, entry) in ordered)
        {
            Check(
                entry.Start == end,
                file,
                $"the bytes of its tensor {PthFormatException.Quote(name)} begin at {entry.Start}, "
                + $"{(entry.Start < end ? "within another tensor" : "after a gap")}; expected was {end}.");
            end = entry.End;
        }

        Check(end == dataLength, file, $"its tensors end at {end}, but there are {dataLength} bytes for them.");
        return new SafetensorsHeader(ordered, metadata);
    }

    private static SafetensorsEntry Entry(string name, JsonElement value, long dataLength, string file)
    {
        var tensor = $"its tensor {PthFormatException.Quote(name)}";
        Check(
            value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Count() == 3
            && value.TryGetProperty("dtype", out _)
            && value.TryGetProperty("shape", out _)
            && value.TryGetProperty("data_offsets", out _),
            file,
            $"{tensor} does not have a dtype, a shape and data_offsets, and nothing else.");
        var dtype = value.GetProperty("dtype");
        var type = Array.Find(
            _types, known => dtype.ValueKind == JsonValueKind.String && dtype.ValueEquals(known.Name));
        Check(
            type.Name is not null,
            file,
            $"{tensor} has the dtype {PthFormatException.Quote(dtype.ToString())}. "
            + $"Accepted are {string.Join(", ", _types.Select(known => known.Name))}.");
        var shape = Numbers(value.GetProperty("shape"), $"{tensor}'s shape", file);
        var offsets = Numbers(value.GetProperty("data_offsets"), $"{tensor}'s data_offsets", file);
        Check(
            offsets.Length == 2 && offsets[0] <= offsets[1] && offsets[1] <= dataLength,
            file,
            $"{tensor} has the data_offsets {PthTensor.Format(offsets)}, which are not a range "
            + $"of the {dataLength} bytes that there are.");
        var size = ElementTypes.Size(type.Type);
        var bytes = offsets[1] - offsets[0];
        Check(
            bytes % size == 0 && bytes / size == PthTensor.CountElements(shape) && bytes <= Array.MaxLength,
            file,
            $"{tensor} has {bytes} bytes, which do not fit {type.Name} of the shape {PthTensor.Format(shape)}.");
        return new SafetensorsEntry(type.Type, shape, offsets[0], offsets[1]);
    }

    private static long[] Numbers(JsonElement value, string what, string file)
    {
        List<long> numbers = [];
        Check(value.ValueKind == JsonValueKind.Array, file, $"{what} is not a list.");
        foreach (var element in value.EnumerateArray())
        {
            var number = -1L;
            Check(
                element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out number) && number >= 0,
                file,
                $"{what} holds {PthFormatException.Quote(element.ToString())}, which is not a whole number from 0.");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static Dictionary<string, string> Texts(JsonElement value, string file)
    {
        Check(
            value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String),
            file,
            $"its {SafetensorsFile.MetadataName} is not an object of texts.");
        return value.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
    }

    private static void Check(bool holds, string file, string problem)
    {
        if (!holds)
        {
            throw Wrong(file, problem);
        }
    }

    private static SafetensorsFormatException Wrong(string file, string problem, Exception? inner = null) =>
        new($"{file}: {problem}", inner);
}
