using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Imaging;

namespace DigitService.Predictions;

/// <summary>The picture in a request's body, in each of the forms in which it is sent.</summary>
internal static class PictureBody
{
    /// <summary>Ten megabytes of picture, in base64 and with what a form puts around it.</summary>
    internal const long MaximumBytes = 15 << 20;

    private const string Accepted =
        "Accepted are the bytes of a picture, a form with a part 'file', or JSON: {\"image\": \"data:image/png;base64,…\"} "
        + "or {\"pixels\": [784 numbers from 0 to 255]}.";

    /// <summary>The 784 pixels that a network reads; null if nothing is drawn.</summary>
    /// <exception cref="ArgumentException">The body has another form.</exception>
    /// <exception cref="ImageException">It is no picture that is read.</exception>
    internal static async Task<byte[]?> ReadPixelsAsync(HttpRequest request, PreprocessMode mode)
    {
        if (request.HasJsonContentType())
        {
            return await ReadJsonAsync(request, mode);
        }

        var stream = request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            ? await OpenFileAsync(request)
            : request.Body;
        await using (stream)
        {
            // Programs that are not told a type send one of their own choice: the bytes tell what they are.
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, request.HttpContext.RequestAborted);
            return Decode(bytes.ToArray(), mode);
        }
    }

    private static async Task<Stream> OpenFileAsync(HttpRequest request)
    {
        try
        {
            var files = (await request.ReadFormAsync(request.HttpContext.RequestAborted)).Files;
            return (files.GetFile("file") ?? (files.Count > 0 ? files[0] : null))?.OpenReadStream()
                ?? throw new ArgumentException($"The form has no file. {Accepted}");
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new ArgumentException($"The form cannot be read: {error.Message} {Accepted}", error);
        }
    }

    private static async Task<byte[]?> ReadJsonAsync(HttpRequest request, PreprocessMode mode)
    {
        using var json = await ParseAsync(request);
        var (image, pixels) = Fields(json.RootElement);
        return image is not null ? Decode(FromBase64(image), mode)
            : pixels is { } numbers ? FromNumbers(numbers)
            : throw new ArgumentException($"The JSON has neither 'image' nor 'pixels'. {Accepted}");
    }

    private static async Task<JsonDocument> ParseAsync(HttpRequest request)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The body is not JSON: {error.Message} {Accepted}", error);
        }
    }

    private static (string? Image, JsonElement? Pixels) Fields(JsonElement root)
    {
        try
        {
            return root.ValueKind != JsonValueKind.Object ? (null, null)
                : root.TryGetProperty("image", out var image) && image.ValueKind == JsonValueKind.String ? (image.GetString(), null)
                : root.TryGetProperty("pixels", out var pixels) && pixels.ValueKind == JsonValueKind.Array ? (null, pixels)
                : (null, null);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair is JSON, and yet no text.
            throw new ArgumentException($"The JSON has text that is not Unicode. {Accepted}", error);
        }
    }

    private static byte[]? Decode(byte[] encoded, PreprocessMode mode) =>
        Preprocessor.Process(ImageDecoder.Default.Decode(encoded), mode);

    private static byte[] FromBase64(string text)
    {
        var start = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? text.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        try
        {
            return Convert.FromBase64String(start == 0 ? text : text[start..]);
        }
        catch (FormatException error)
        {
            throw new ArgumentException($"The image is not in base64. {Accepted}", error);
        }
    }

    private static byte[]? FromNumbers(JsonElement numbers)
    {
        if (numbers.GetArrayLength() != DigitImages.Pixels)
        {
            throw new ArgumentException($"There are {numbers.GetArrayLength()} pixels; {DigitImages.Pixels} are needed, row by row.");
        }

        var pixels = new byte[DigitImages.Pixels];
        foreach (var (i, number) in numbers.EnumerateArray().Index())
        {
            if (number.ValueKind != JsonValueKind.Number || !(number.GetDouble() is >= 0 and <= 255))
            {
                throw new ArgumentException($"The pixel {i} is not a number from 0 to 255.");
            }

            pixels[i] = (byte)Math.Round(number.GetDouble());
        }

        return pixels.AsSpan().IndexOfAnyExcept(pixels[0]) < 0 ? null : pixels;
    }
}
