using System.IO.Compression;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// Writes samples as a ZIP of PNGs in folders named as their labels, <c>0</c> to <c>9</c> and <c>none</c>: the layout that
/// other programs read pictures with classes from. A picture that came as a PNG is in it byte for byte, any other as the
/// gray picture that it decodes to.
/// </summary>
public static class FeedbackExport
{
    /// <param name="store">Where the samples are.</param>
    /// <param name="samples">Those that are written.</param>
    /// <param name="stream">Where the archive goes. It need not be one that can be sought, and stays open.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <returns>How many are in it: one that is deleted or damaged meanwhile is not.</returns>
    public static async Task<int> WriteAsync(
        FeedbackStore store, IEnumerable<FeedbackSample> samples, Stream stream, CancellationToken cancellation = default)
    {
        var count = 0;
        await using var sending = new SendingStream(stream);
        using (var zip = new ZipArchive(sending, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var sample in samples)
            {
                if (await ReadAsPngAsync(store, sample, cancellation) is { } png)
                {
                    // Some programs cannot read an entry that is not compressed if it was written in one go.
                    var entry = zip.CreateEntry(NameOf(sample), CompressionLevel.Fastest);
                    entry.LastWriteTime = sample.CreatedAt;
                    using (var content = entry.Open())
                    {
                        content.Write(png);
                    }

                    await sending.SendAsync(cancellation);
                    count++;
                }
            }
        }

        await sending.SendAsync(cancellation);
        return count;
    }

    /// <summary>Such as <c>7/‹id›.png</c>.</summary>
    internal static string NameOf(FeedbackSample sample) => $"{FeedbackLabel.NameOf(sample.Label)}/{sample.Id}.png";

    private static async Task<byte[]?> ReadAsPngAsync(FeedbackStore store, FeedbackSample sample, CancellationToken cancellation)
    {
        try
        {
            await using var file = store.OpenPicture(sample);
            var picture = new byte[file.Length];
            await file.ReadExactlyAsync(picture, cancellation);
            return sample.MediaType == PictureType.Png ? picture : Convert(picture);
        }
        catch (Exception error) when (error is EntryNotFoundException or DamagedEntryException or EndOfStreamException or ImageException)
        {
            return null;
        }
    }

    private static byte[] Convert(byte[] picture)
    {
        var image = ImageDecoder.Default.Decode(picture);
        return GrayPng.Encode(image.Pixels, image.Width);
    }
}
