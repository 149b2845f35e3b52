using System.Text;
using System.Text.Json;
using DigitService.Predictions;
using DigitService.Recognition;
using DigitService.Recognition.Feedback;

namespace DigitService.Feedback;

/// <summary>What is said of a picture beside it: in the address, in parts of a form, or in the JSON that has it.</summary>
internal static class FeedbackFields
{
    internal const string Label = "label";
    internal const string Source = "source";

    private const int LongestValue = 200;
    private const int LongestBody = 4 << 10;

    /// <summary>What the picture shows.</summary>
    /// <exception cref="InvalidInputException">It is not said, or is no label.</exception>
    internal static int LabelOf(IReadOnlyDictionary<string, string> fields) => fields.TryGetValue(Label, out var label)
        ? FeedbackLabel.Parse(label.Trim())
        : throw new InvalidInputException($"The label is missing; accepted: {FeedbackLabel.Accepted}.");

    /// <summary>How the picture came to be; as a file where it is not said.</summary>
    /// <exception cref="InvalidInputException">It is said otherwise.</exception>
    internal static FeedbackSource SourceOf(IReadOnlyDictionary<string, string> fields) => fields.GetValueOrDefault(Source) switch
    {
        null or "uploaded" => FeedbackSource.Uploaded,
        "drawn" => FeedbackSource.Drawn,
        var other => throw new InvalidInputException($"source is '{other}'; accepted: drawn, uploaded."),
    };

    /// <summary>Reads both from a body that is nothing else.</summary>
    /// <exception cref="InvalidInputException">It is no JSON, or the values are of other kinds.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, compressed or broken off, or there is no memory for it now.</exception>
    internal static async Task<Dictionary<string, string>> ReadJsonAsync(HttpRequest request, BodyMemory memory, CancellationToken cancellation)
    {
        PictureBodyReader.RequirePlain(request);
        using var body = new BodyBuffer(memory);
        try
        {
            if (!await body.TryReadAsync(request.Body, LongestBody, cancellation))
            {
                throw new BadHttpRequestException($"The body is too large; accepted: {LongestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
            }
        }
        catch (Exception error) when (PictureErrors.IsBrokenOff(error))
        {
            throw new BadHttpRequestException("The connection ended before the body was whole.", error);
        }

        var fields = new Dictionary<string, string>();
        ReadJson(body.Join().Span, fields);
        return fields;
    }

    /// <summary>Reads both from an object of JSON, where a label may be a number, and null for what is not a digit.</summary>
    /// <exception cref="InvalidInputException">It is no JSON, or the values are of other kinds.</exception>
    internal static void ReadJson(ReadOnlySpan<byte> json, IDictionary<string, string> fields)
    {
        try
        {
            var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.ValueTextEquals("label"u8) ? Label : reader.ValueTextEquals("source"u8) ? Source : null;
                reader.Read();
                if (name is not null)
                {
                    fields[name] = ReadValue(ref reader, name);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException("The body is not the JSON that is accepted; /swagger says what is.", error);
        }
    }

    private static string ReadValue(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueSpan.Length <= LongestValue => reader.GetString()!,
        JsonTokenType.Number when reader.ValueSpan.Length <= LongestValue => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.Null when name == Label => FeedbackLabel.None,
        _ => throw new InvalidInputException(
            $"{name} in the JSON is not accepted; accepted: {(name == Label ? FeedbackLabel.Accepted : "drawn, uploaded")}."),
    };
}
