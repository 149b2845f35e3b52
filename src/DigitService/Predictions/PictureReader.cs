using System.Threading.RateLimiting;
using DigitService.Recognition;
using DigitService.Recognition.Imaging;
using Microsoft.Extensions.Options;

namespace DigitService.Predictions;

/// <summary>
/// Makes of pictures the pixels that a network reads. Small ones are decoded by the thread that has received them: that
/// takes no more than a few milliseconds, and the threads of the pool bound how many are decoded at once. Large ones
/// would keep those threads from everybody else: they are decoded by threads of their own, a few at a time, for which a
/// short line waits.
/// </summary>
internal sealed class PictureReader : IDisposable
{
    private const int SmallBytes = 256 << 10;
    private const int SmallPixels = 1_000_000;
    private const int WaitingForEach = 8;

    private readonly ConcurrencyLimiter _large;

    public PictureReader(IOptions<PredictionOptions> options) => _large = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.LargePictures,
        QueueLimit = options.Value.LargePictures * WaitingForEach,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <param name="body">The picture, or the JSON of it. It is left alone until this ends, and holds nonsense then.</param>
    /// <param name="isJson">Which of both.</param>
    /// <param name="mode">How a picture becomes 28×28 pixels.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <returns>784 values, row by row, 0 for paper to 255 for ink; null if nothing is drawn.</returns>
    /// <exception cref="ArgumentException">There are no bytes, or it is another JSON.</exception>
    /// <exception cref="ImageException">It is no picture that is read.</exception>
    /// <exception cref="BadHttpRequestException">Too many large pictures are waiting: 503.</exception>
    internal async ValueTask<byte[]?> ReadAsync(BodyBuffer body, bool isJson, PreprocessMode mode, CancellationToken cancellation)
    {
        if (body.Length > SmallBytes)
        {
            return await ReadLargeAsync(() => Read(Open(body, isJson), mode), cancellation);
        }

        return await ReadAsync(Open(body, isJson), mode, cancellation);
    }

    /// <param name="picture">The picture, whose bytes stay as they are.</param>
    /// <param name="mode">How a picture becomes 28×28 pixels.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <returns>784 values, row by row, 0 for paper to 255 for ink; null if nothing is drawn.</returns>
    /// <exception cref="ImageException">It is no picture that is read.</exception>
    /// <exception cref="BadHttpRequestException">Too many large pictures are waiting: 503.</exception>
    internal async ValueTask<byte[]?> ReadAsync(SentPicture picture, PreprocessMode mode, CancellationToken cancellation) =>
        picture.Encoded.Length > SmallBytes
        || (picture.Pixels is null && PictureSize.CountPixels(picture.Encoded.Span) > SmallPixels)
            ? await ReadLargeAsync(() => Read(picture, mode), cancellation)
            : Read(picture, mode);

    public void Dispose() => _large.Dispose();

    private async Task<byte[]?> ReadLargeAsync(Func<byte[]?> read, CancellationToken cancellation)
    {
        using var place = await _large.AcquireAsync(1, cancellation);
        return place.IsAcquired
            ? await Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : throw new BadHttpRequestException(
                "Too many large pictures are waiting. Try again in a moment, or send a smaller one: a megapixel is plenty.",
                StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="body">The picture, or the JSON of it, in whose place the picture is then.</param>
    /// <param name="isJson">Which of both.</param>
    /// <exception cref="ArgumentException">There are no bytes, or it is another JSON.</exception>
    internal static SentPicture Open(BodyBuffer body, bool isJson)
    {
        // curl and fetch call JSON something else unless they are told; no picture begins as an object does.
        var bytes = body.Join();
        var picture = isJson || bytes.Span.StartsWith("{"u8) ? JsonPicture.Read(bytes) : new SentPicture(bytes, null);
        return picture is { Pixels: null, Encoded.IsEmpty: true }
            ? throw new InvalidInputException($"The picture is empty. {PictureBody.Accepted}")
            : picture;
    }

    private static byte[]? Read(SentPicture picture, PreprocessMode mode) => picture.Pixels is not { } pixels
        ? Preprocessor.Process(ImageDecoder.Default.Decode(picture.Encoded.Span), mode)
        : pixels.AsSpan().IndexOfAnyExcept(pixels[0]) < 0 ? null : pixels;
}
