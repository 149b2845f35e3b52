using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// The corrected pictures that a run learns from, as they were at one moment: whatever becomes of the store, the run
/// learns from these. They are kept as PyTorch keeps tensors: <c>ids</c> N×32, <c>images</c> N×28×28 and <c>labels</c> N,
/// all of bytes.
/// </summary>
public sealed class FeedbackSnapshot
{
    private const int IdBytes = 32;

    private FeedbackSnapshot(IReadOnlyList<string> ids, DigitImages images)
    {
        Ids = ids;
        Images = images;
    }

    /// <summary>The samples' ids, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>What the network saw of each, with its label: 0 to 9, or <see cref="DigitImages.NoDigit"/>.</summary>
    public DigitImages Images { get; }

    /// <summary>Takes those that a run learns from, in the order of their ids: not those that it is judged by.</summary>
    /// <param name="entries">What there is.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="tellsDigits">Whether the network can learn what is no digit.</param>
    /// <returns>The pictures, and what became of all that there were.</returns>
    public static (FeedbackSnapshot Snapshot, FeedbackCounts Counts) Of(IEnumerable<FeedbackEntry> entries, long seed, bool tellsDigits)
    {
        var (learned, heldOut, leftOut) = (new List<FeedbackSample>(), 0, 0);
        foreach (var entry in entries.OrderBy(entry => entry.Id, StringComparer.Ordinal))
        {
            if (entry.Sample is not { } sample || (sample.Label == DigitImages.NoDigit && !tellsDigits))
            {
                leftOut++;
            }
            else if (FeedbackSplit.IsHeldOut(sample.Id, seed))
            {
                heldOut++;
            }
            else
            {
                learned.Add(sample);
            }
        }

        var images = new DigitImages([.. learned.SelectMany(sample => sample.Input)], [.. learned.Select(sample => (byte)sample.Label)]);
        return (new FeedbackSnapshot([.. learned.Select(sample => sample.Id)], images), new FeedbackCounts(learned.Count, heldOut, leftOut));
    }

    /// <summary>Writes the whole file or nothing.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(string path)
    {
        var pixels = new byte[Images.Count * DigitImages.Pixels];
        for (var i = 0; i < Images.Count; i++)
        {
            Images.Image(i).CopyTo(pixels.AsSpan(i * DigitImages.Pixels));
        }

        PthFile.Write(path, new PthDictionary
        {
            ["ids"] = PthTensor.FromArray([.. Ids.SelectMany(Convert.FromHexString)], Images.Count, IdBytes),
            ["images"] = PthTensor.FromArray(pixels, Images.Count, DigitImages.Side, DigitImages.Side),
            ["labels"] = PthTensor.FromArray([.. Enumerable.Range(0, Images.Count).Select(i => (byte)Images.Label(i))], Images.Count),
        });
    }

    /// <param name="path">The file.</param>
    /// <exception cref="PthFormatException">It is damaged, or holds something else.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static FeedbackSnapshot Read(string path)
    {
        var content = PthFile.Read(path) as PthDictionary;
        var labels = Tensor("labels", 1);
        var count = (int)labels.ElementCount;
        var (ids, images) = (Tensor("ids", IdBytes), Tensor("images", DigitImages.Pixels));
        return ids.ElementCount == (long)count * IdBytes && images.ElementCount == (long)count * DigitImages.Pixels
            && !labels.As<byte>().ContainsAnyExceptInRange((byte)0, (byte)DigitImages.NoDigit)
            ? new FeedbackSnapshot(
                [.. ids.As<byte>().ToArray().Chunk(IdBytes).Select(id => Convert.ToHexStringLower(id))],
                new DigitImages(images.As<byte>().ToArray(), labels.As<byte>().ToArray()))
            : throw Wrong();

        PthTensor Tensor(string name, int bytesEach) =>
            content?.TryGetValue(name, out var value) == true
            && value is PthTensor { ElementType: PthElementType.UInt8 } tensor
            && tensor.ElementCount % bytesEach == 0
                ? tensor
                : throw Wrong();

        PthFormatException Wrong() => new($"{path} does not hold the corrected pictures of a run: their ids, images and labels.");
    }
}
