using System.Text;
using DigitService.Recognition;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DigitService.Predictions;

/// <summary>The parts of a form, one after another, as they come. Nothing of them is kept.</summary>
internal sealed class MultipartForm
{
    private const int LongestBoundary = 128;

    private readonly MultipartReader _reader;
    private readonly int _mostParts;
    private int _parts;

    /// <param name="request">A request that <see cref="IsSentIn"/> is true of.</param>
    /// <param name="mostParts">How many parts there may be.</param>
    /// <exception cref="ArgumentException">What separates the parts is not told.</exception>
    internal MultipartForm(HttpRequest request, int mostParts = 1_024)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            throw new InvalidInputException(
                $"The form cannot be read: its Content-Type needs a boundary of 1 to {LongestBoundary} characters. {PictureBody.Accepted}");
        }

        _reader = new MultipartReader(boundary, request.Body);
        _mostParts = mostParts;
    }

    internal static bool IsSentIn(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The next part that is a file; null where there is none left.</summary>
    /// <exception cref="ArgumentException">The form is damaged, or has too many parts.</exception>
    internal async Task<FormPart?> NextFileAsync(CancellationToken cancellation)
    {
        while (await NextAsync(cancellation) is { } part)
        {
            if (part.IsFile)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>The next part of any kind; null where there is none left.</summary>
    /// <exception cref="ArgumentException">The form is damaged, or has too many parts.</exception>
    internal async Task<FormPart?> NextAsync(CancellationToken cancellation)
    {
        while (await Check(_reader.ReadNextSectionAsync(cancellation)) is { } section)
        {
            if (++_parts > _mostParts)
            {
                throw new InvalidInputException($"The form has more than {_mostParts:N0} parts.");
            }

            if (section.GetContentDispositionHeader() is { } header)
            {
                var fileName = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName);
                return new FormPart(HeaderUtilities.RemoveQuotes(header.Name).Value, fileName.Value, section.Body);
            }
        }

        return null;
    }

    /// <summary>A part's text.</summary>
    /// <exception cref="ArgumentException">The form is damaged, or the text is longer than <paramref name="most"/> bytes.</exception>
    internal static async Task<string> ReadTextAsync(FormPart part, int most, CancellationToken cancellation)
    {
        var text = new byte[most + 1];
        var length = await Check(part.Content.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation).AsTask());
        return length <= most
            ? Encoding.UTF8.GetString(text, 0, length)
            : throw new InvalidInputException($"The part '{part.Name}' of the form is longer than {most} bytes.");
    }

    /// <summary>Reads a part's bytes.</summary>
    /// <returns>Whether there are no more than <paramref name="limit"/>.</returns>
    /// <exception cref="ArgumentException">The form is damaged.</exception>
    /// <exception cref="BadHttpRequestException">There is no memory for them now: 503.</exception>
    internal static Task<bool> TryReadAsync(FormPart part, BodyBuffer buffer, int limit, CancellationToken cancellation) =>
        Check(buffer.TryReadAsync(part.Content, limit, cancellation).AsTask());

    private static async Task<T> Check<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception error) when (error is InvalidDataException || PictureErrors.IsBrokenOff(error))
        {
            throw new InvalidInputException($"The form cannot be read: {error.Message} {PictureBody.Accepted}", error);
        }
    }
}
