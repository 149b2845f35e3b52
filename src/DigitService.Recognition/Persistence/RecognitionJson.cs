using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitService.Recognition.Persistence;

/// <summary>The one form of all JSON files here.</summary>
public static class RecognitionJson
{
    private const int MaximumLength = 64 << 20;

    /// <summary>
    /// Names and enumerations in camelCase, indented, text readable as it is; numbers are numbers and finite. Fields that
    /// are not known are left aside when reading, since a later version may have written them.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DamagedEntryException">The file is missing, cannot be read or does not hold a <typeparamref name="T"/>.</exception>
    internal static T Read<T>(string path, string name)
        where T : class
    {
        var content = ReadAll(path, name);
        try
        {
            RequireFields<T>(name, content);
            return JsonSerializer.Deserialize<T>(content.Span, Options)!;
        }
        catch (JsonException error)
        {
            var line = $"line {(error.LineNumber ?? 0) + 1}";
            throw error.Path is { Length: > 2 } field
                ? Damaged(name, $"the field {PthFormatException.Quote(field[2..])} ({line}) does not hold what belongs there.", error)
                : Damaged(name, $"it is not JSON, or not of this kind ({line}).", error);
        }
    }

    /// <summary>Writes the whole file or, on failure, nothing.</summary>
    internal static void Write<T>(string path, T value)
    {
        var content = Bytes(value);
        AtomicFile.Write(path, file => file.Write(content));
    }

    /// <summary>The content of a file that holds a value.</summary>
    internal static byte[] Bytes<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    internal static DamagedEntryException Damaged(string name, string problem, Exception? inner = null) =>
        inner is null ? new($"{name} cannot be used: {problem}") : new($"{name} cannot be used: {problem}", inner);

    private static ReadOnlyMemory<byte> ReadAll(string path, string name)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length > MaximumLength)
            {
                throw Damaged(name, $"it has {file.Length:N0} bytes; at most {MaximumLength:N0} are read.");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);

            // Some editors put a byte order mark before the text.
            return content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Damaged(name, "it is missing.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException
            or (IOException and not DamagedEntryException))
        {
            throw Damaged(name, error.Message.Replace(path, name, StringComparison.Ordinal), error);
        }
    }

    private static void RequireFields<T>(string name, ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(name, $"it holds a JSON {document.RootElement.ValueKind}, not an object.");
        }

        foreach (var property in Options.GetTypeInfo(typeof(T)).Properties)
        {
            if (property.IsRequired && !document.RootElement.TryGetProperty(property.Name, out _))
            {
                throw Damaged(name, $"the field '{property.Name}' is missing.");
            }
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
            NewLine = "\n",
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters =
            {
                new FiniteDoubleConverter(),
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
