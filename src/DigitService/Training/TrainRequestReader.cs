using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Training;

/// <summary>Reads what is to be trained, field by field, so that every mistake is named with what is accepted in its place.</summary>
internal static class TrainRequestReader
{
    /// <summary>All fields together are far shorter.</summary>
    internal const int LongestBody = 16 << 10;

    private const int LongestQuote = 60;

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Dictionary<string, PropertyInfo> _fields = typeof(TrainRequest)
        .GetProperties()
        .Where(property => property.CanWrite)
        .ToDictionary(property => Word(property.Name));

    // What the library calls options and their values, but for what is quoted: a caller's own words.
    private static readonly Regex _names = new($@"\b(?<!')({string.Join('|', NamesInTheLibrary())})\b");

    /// <exception cref="BadHttpRequestException">It is not such a request; the message says what is accepted.</exception>
    internal static async Task<TrainRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length == 0)
        {
            return new TrainRequest();
        }

        // A page of another site could post anything else without asking this service first.
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                $"The Content-Type is '{request.ContentType}'; accepted: application/json, or no body at all.",
                StatusCodes.Status415UnsupportedMediaType);
        }

        using var json = Parse(body);
        return Read(json.RootElement);
    }

    /// <summary>The recipe with what was asked for in place of its own.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="model">The model that its base names; null where it names none.</param>
    /// <exception cref="BadHttpRequestException">The options are impossible; the message says which, and what is accepted.</exception>
    internal static TrainingOptions Resolve(TrainRequest request, ModelInfo? model) => InItsWords(() => request.Resolve(model));

    /// <summary>Decides on options, and says what is wrong with them in the words of the request.</summary>
    /// <exception cref="BadHttpRequestException">The options are impossible; the message says which, and what is accepted.</exception>
    internal static TrainingOptions InItsWords(Func<TrainingOptions> decide)
    {
        try
        {
            return decide();
        }
        catch (ArgumentException error)
        {
            throw new BadHttpRequestException(_names.Replace(error.Message, name => Word(name.Value)), error);
        }
    }

    private static JsonDocument Parse(MemoryStream body)
    {
        try
        {
            body.Position = 0;
            return JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is JSON, and yet no name.
            throw new BadHttpRequestException($"The body is not JSON: {error.Message}", error);
        }
    }

    private static TrainRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException($"The body is not a JSON object; accepted: one with any of {Accepted(_fields.Keys)}.");
        }

        var request = new TrainRequest();
        foreach (var value in body.EnumerateObject())
        {
            if (!_fields.TryGetValue(value.Name, out var field))
            {
                throw new BadHttpRequestException($"There is no field '{value.Name}'; accepted: {Accepted(_fields.Keys)}.");
            }

            field.SetValue(request, Read(value.Name, value.Value, field.PropertyType));
        }

        return request.Name is null or { Length: > 0 and <= TrainRequest.LongestName } && request.Name?.Any(char.IsControl) != true
            ? request
            : throw new BadHttpRequestException($"name is not accepted: it has 1 to {TrainRequest.LongestName} characters, all of them printable.");
    }

    private static object? Read(string name, JsonElement value, Type type)
    {
        try
        {
            return type == typeof(Augmentation) && value.ValueKind == JsonValueKind.String
                ? Augmentation.Named(value.GetString()!)
                : value.Deserialize(type, _json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            var text = value.GetRawText();
            var quote = text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
            throw new BadHttpRequestException($"{name} is {quote}; accepted: {AcceptedBy(Nullable.GetUnderlyingType(type) ?? type)}.", error);
        }
    }

    private static string AcceptedBy(Type type) =>
        type == typeof(Augmentation)
            ? $"{Accepted(Augmentation.Names)}, or an object with any of {Accepted(PropertiesOf(type).Select(Word))}, all numbers"
            : type.IsEnum ? Accepted(Enum.GetNames(type).Select(Word))
            : type == typeof(string) ? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(double) ? "a number"
            : "a whole number";

    private static IEnumerable<string> NamesInTheLibrary() =>
    [
        .. PropertiesOf(typeof(TrainingOptions)),
        .. PropertiesOf(typeof(Augmentation)),
        .. Enum.GetNames<OptimizerKind>(),
        .. Enum.GetNames<ScheduleKind>(),
    ];

    private static IEnumerable<string> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => property.Name);

    private static string Accepted(IEnumerable<string> names) => string.Join(", ", names);

    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
