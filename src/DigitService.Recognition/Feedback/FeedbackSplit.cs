using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Feedback;

/// <summary>Which corrected pictures are learned from, and which a fine-tuned model is judged by: about one in five, by content and seed alone.</summary>
public static class FeedbackSplit
{
    private const int One = 5;

    /// <summary>Whether a picture is never learned from by runs of a seed.</summary>
    /// <param name="id">The sample's id: the SHA-256 of its bytes in hexadecimal.</param>
    /// <param name="seed">The run's seed.</param>
    public static bool IsHeldOut(string id, long seed)
    {
        var content = ulong.Parse(id.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new SplitMix64((long)(content ^ new SplitMix64(seed, stream: 0).Next()), stream: 0).Next() % One == 0;
    }
}
