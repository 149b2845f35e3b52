using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests;

/// <summary>The real images, read once.</summary>
internal static class Mnist
{
    private static readonly Lazy<MnistDataset> _whole = new(() => MnistDataset.Read(MnistDataset.FindFolder()));

    internal static MnistDataset Whole => _whole.Value;

    /// <summary>The first images of each set.</summary>
    internal static MnistDataset First(int train, int test) => new(First(Whole.Train, train), First(Whole.Test, test));

    private static DigitImages First(DigitImages images, int count)
    {
        var pixels = Enumerable.Range(0, count).SelectMany(i => images.Image(i).ToArray()).ToArray();
        var labels = Enumerable.Range(0, count).Select(i => (byte)images.Label(i)).ToArray();
        return new DigitImages(pixels, labels);
    }
}
