using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using DigitService.Recognition;
using DigitService.Recognition.Data;

namespace DigitService.Predictions;

/// <summary>
/// The picture in a JSON body: <c>{"image": "data:image/png;base64,…"}</c> or <c>{"pixels": [784 numbers]}</c>. Base64
/// is decoded where it stands, so that a body costs no more memory than its bytes.
/// </summary>
internal static class JsonPicture
{
    /// <param name="json">The JSON. Where it holds a picture, the picture takes its place.</param>
    /// <exception cref="ArgumentException">It is another JSON, or none.</exception>
    internal static SentPicture Read(Memory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json["\uFEFF"u8.Length..];
        }

        try
        {
            var (image, pixels) = Find(json.Span);
            return image is { } token ? new SentPicture(FromBase64(Unescape(json[token])), null)
                : pixels is not null ? new SentPicture(default, pixels)
                : throw new InvalidInputException($"The JSON has neither 'image' nor 'pixels'. {PictureBody.Accepted}");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"The body is not JSON: {error.Message} {PictureBody.Accepted}", error);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair is JSON, and yet no text.
            throw new InvalidInputException($"The JSON has text that is not Unicode. {PictureBody.Accepted}", error);
        }
    }

    private static (Range? Image, byte[]? Pixels) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Range? image = null;
        byte[]? pixels = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isImage, isPixels) = (reader.ValueTextEquals("image"u8), reader.ValueTextEquals("pixels"u8));
                reader.Read();
                if (isImage && reader.TokenType == JsonTokenType.String)
                {
                    image = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
                }
                else if (isPixels && reader.TokenType == JsonTokenType.StartArray)
                {
                    pixels = ReadNumbers(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return (image, pixels);
    }

    private static Memory<byte> Unescape(Memory<byte> token)
    {
        var reader = new Utf8JsonReader(token.Span);
        reader.Read();
        if (!reader.ValueIsEscaped)
        {
            return token[1..^1];
        }

        // Some programs escape the slashes and plus signs of base64.
        var text = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            var length = reader.CopyString(text);
            text.AsSpan(0, length).CopyTo(token.Span);
            return token[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static Memory<byte> FromBase64(Memory<byte> text)
    {
        var scheme = "data:"u8;
        if (text.Length >= scheme.Length && Ascii.EqualsIgnoreCase(text.Span[..scheme.Length], scheme))
        {
            text = text[(text.Span.IndexOf((byte)',') + 1)..];
        }

        return Base64.DecodeFromUtf8InPlace(text.Span, out var length) == OperationStatus.Done
            ? text[..length]
            : throw new InvalidInputException($"The image is not in base64. {PictureBody.Accepted}");
    }

    private static byte[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var pixels = new byte[DigitImages.Pixels];
        int count = 0, firstBad = -1;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number is >= 0 and <= 255)
            {
                pixels[Math.Min(count, pixels.Length - 1)] = (byte)Math.Round(number);
            }
            else
            {
                reader.Skip();
                firstBad = firstBad < 0 ? count : firstBad;
            }
        }

        return count != pixels.Length ? throw new InvalidInputException($"There are {count} pixels; {pixels.Length} are needed, row by row.")
            : firstBad >= 0 ? throw new InvalidInputException($"The pixel {firstBad} is not a number from 0 to 255.")
            : pixels;
    }
}
