using DigitService.Recognition;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DigitService.Predictions;

/// <summary>
/// Receives pictures in each of the forms in which they are sent. What comes takes of a memory that all bodies share,
/// and nothing else: a client that sends slowly keeps nobody waiting.
/// </summary>
internal sealed class PictureBodyReader(BodyMemory memory, IOptions<PredictionOptions> options)
{
    private const int LongestText = 200;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.BodySeconds);

    /// <param name="request">It has the body.</param>
    /// <param name="cancellation">The client has gone.</param>
    /// <param name="fields">Where the texts of a form go; null for those who want none of them.</param>
    /// <exception cref="ArgumentException">The body has another form.</exception>
    /// <exception cref="BadHttpRequestException">
    /// It is too large (413), too slow (408), compressed or in another charset (415), or there is no memory for it now (503).
    /// </exception>
    internal async ValueTask<PictureBody> ReadAsync(
        HttpRequest request, CancellationToken cancellation, IDictionary<string, string>? fields = null)
    {
        RequirePlain(request);

        // A smaller body holds so little while it comes that the server's least rate for bodies is limit enough.
        if (request.ContentLength <= BodyMemory.PieceSize)
        {
            return await ReadAnyFormAsync(request, fields, cancellation);
        }

        using var deadline = new Deadline(_patience, cancellation);
        try
        {
            return await ReadAnyFormAsync(request, fields, deadline.Token);
        }
        catch (OperationCanceledException error) when (deadline.IsOver)
        {
            throw deadline.Error(error);
        }
    }

    /// <exception cref="BadHttpRequestException">The body is compressed: 415.</exception>
    internal static void RequirePlain(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw NotSupported($"The body's Content-Encoding is '{encoding}'; bodies are accepted as they are, without one.");
        }
    }

    private async ValueTask<PictureBody> ReadAnyFormAsync(
        HttpRequest request, IDictionary<string, string>? fields, CancellationToken cancellation)
    {
        var buffer = new BodyBuffer(memory);
        try
        {
            if (MultipartForm.IsSentIn(request))
            {
                await ReadFileAsync(new MultipartForm(request), buffer, fields, cancellation);
            }
            else if (IsJson(request))
            {
                await ReadBytesAsync(request, buffer, PictureBody.LargestBody, cancellation);
                return new PictureBody(buffer, isJson: true);
            }
            else
            {
                // Programs that are not told a type send one of their own choice: the bytes tell what they are.
                await ReadBytesAsync(request, buffer, PictureBody.LargestPicture, cancellation);
            }

            return new PictureBody(buffer, isJson: false);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static async ValueTask ReadBytesAsync(HttpRequest request, BodyBuffer buffer, int limit, CancellationToken cancellation)
    {
        try
        {
            if (!await buffer.TryReadAsync(request.Body, limit, cancellation))
            {
                throw PictureBody.TooLarge();
            }
        }
        catch (Exception error) when (PictureErrors.IsBrokenOff(error))
        {
            throw new BadHttpRequestException("The connection ended before the body was whole.", error);
        }
    }

    /// <summary>The part named <c>file</c>, or the first file if none is.</summary>
    private static async Task ReadFileAsync(
        MultipartForm form, BodyBuffer buffer, IDictionary<string, string>? fields, CancellationToken cancellation)
    {
        var (isFound, isNamed) = (false, false);
        while (await form.NextAsync(cancellation) is { } part)
        {
            if (part.IsFile && (!isFound || (part.IsNamedFile && !isNamed)))
            {
                (isFound, isNamed) = await MultipartForm.TryReadAsync(part, buffer, PictureBody.LargestPicture, cancellation)
                    ? (true, part.IsNamedFile)
                    : throw PictureBody.TooLarge();
            }
            else if (!part.IsFile && fields is not null)
            {
                fields[part.Name ?? ""] = await MultipartForm.ReadTextAsync(part, LongestText, cancellation);
            }

            // What comes after it matters only to those who want texts.
            if (isNamed && fields is null)
            {
                return;
            }
        }

        if (!isFound)
        {
            throw new InvalidInputException($"The form has no file. {PictureBody.Accepted}");
        }
    }

    private static bool IsJson(HttpRequest request)
    {
        // Most requests say what they are, and are spared the parsing of it.
        if (request.ContentType is not { } type || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || !request.HasJsonContentType())
        {
            return false;
        }

        var charset = MediaTypeHeaderValue.Parse(type).Charset;
        return !charset.HasValue || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? true
            : throw NotSupported($"The JSON's charset is '{charset}'; JSON is accepted in UTF-8.");
    }

    private static BadHttpRequestException NotSupported(string message) => new(message, StatusCodes.Status415UnsupportedMediaType);
}
