using DigitService.Recognition.Data;
using TorchSharp;

namespace DigitService.Recognition.Tests.Data;

public class BatchFacts
{
    [Theory]
    [InlineData(Normalization.Unit, 0f, 51 / 255f, 1f)]
    [InlineData(Normalization.Symmetric, -1f, -0.6f, 1f)]
    [InlineData(Normalization.Mnist, -0.1307f / 0.3081f, (0.2f - 0.1307f) / 0.3081f, (1 - 0.1307f) / 0.3081f)]
    public void PixelsAreNormalisedAsAsked(Normalization normalization, float paper, float gray, float ink)
    {
        var pixels = new byte[2 * DigitImages.Pixels];
        pixels[DigitImages.Pixels + 1] = 51;
        pixels[DigitImages.Pixels + 2] = 255;
        using var scope = torch.NewDisposeScope();
        var (images, labels) = Batch.Make(new DigitImages(pixels, [3, 8]), [1], normalization);
        Assert.Equal([1, 1, 28, 28], images.shape);
        var numbers = images.data<float>().ToArray();
        Assert.Equal(paper, numbers[0], 1e-6f);
        Assert.Equal(gray, numbers[1], 1e-6f);
        Assert.Equal(ink, numbers[2], 1e-6f);
        Assert.Equal(8, labels.item<long>());
    }

    [Fact]
    public void MnistItselfHasMeanZeroAndDeviationOne()
    {
        var numbers = Numbers(Normalization.Mnist);
        var mean = numbers.Average(number => (double)number);
        Assert.Equal(0, mean, 0.02);
        Assert.Equal(1, Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean))), 0.02);
    }

    private static float[] Numbers(Normalization normalization)
    {
        using var scope = torch.NewDisposeScope();
        int[] first = [.. Enumerable.Range(0, 2_000)];
        return Batch.Make(Mnist.Whole.Train, first, normalization).Images.data<float>().ToArray();
    }
}
