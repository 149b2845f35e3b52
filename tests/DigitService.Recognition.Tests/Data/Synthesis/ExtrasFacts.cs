using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Tests.Data.Synthesis;

public class ExtrasFacts
{
    private static readonly int[] _numbers = [.. Enumerable.Range(0, 100)];

    [Fact]
    public void TheSameSeedEpochAndImagesMakeTheSamePictures()
    {
        var first = Pictures(seed: 1, epoch: 2);
        Assert.Equal(first, Pictures(seed: 1, epoch: 2));
        Assert.NotEqual(first, Pictures(seed: 2, epoch: 2));
        Assert.NotEqual(first, Pictures(seed: 1, epoch: 3));
    }

    [Fact]
    public void DrawnDigitsComeFirstAndAreOfAllKinds()
    {
        var extras = new Extras(1, 0.5, Mnist.Whole.Train, _numbers, seed: 1);
        var labels = Enumerable.Range(0, extras.Count(100)).Select(i => extras.Make(_numbers, i, 1, new byte[DigitImages.Pixels])).ToArray();
        Assert.Equal(150, labels.Length);
        Assert.Equal(Enumerable.Range(0, 10), labels.Take(100).Select(label => (int)label).Distinct().Order());
        Assert.All(labels.Skip(100), label => Assert.Equal(DigitImages.NoDigit, label));
    }

    [Fact]
    public void NoTwoPicturesOfAnEpochAreAlike()
    {
        var extras = new Extras(1, 1, Mnist.Whole.Train, _numbers, seed: 1);
        var pictures = Enumerable.Range(0, 200).Select(i => Picture(extras, i)).ToArray();
        Assert.Equal(200, pictures.Distinct().Count());
        Assert.All(pictures.Take(100), picture => Assert.Contains(picture, value => value > 0));

        static string Picture(Extras extras, int index)
        {
            var picture = new byte[DigitImages.Pixels];
            extras.Make(_numbers, index, 1, picture);
            return new string(Array.ConvertAll(picture, value => (char)value));
        }
    }

    [Fact]
    public void ImagesThatAreHeldOutAreNotMadeIntoAnything()
    {
        var pixels = Enumerable.Range(0, 100).SelectMany(i => Mnist.Whole.Train.Image(i).ToArray()).ToArray();
        var labels = Enumerable.Range(0, 100).Select(i => (byte)Mnist.Whole.Train.Label(i)).ToArray();
        int[] learned = [.. Enumerable.Range(0, 50)];
        var before = Pictures(new Extras(0, 1, new DigitImages(pixels, labels), learned, seed: 1));
        Array.Clear(pixels, 50 * DigitImages.Pixels, 50 * DigitImages.Pixels);
        Assert.Equal(before, Pictures(new Extras(0, 1, new DigitImages(pixels, labels), learned, seed: 1)));
        Array.Clear(pixels);
        Assert.NotEqual(before, Pictures(new Extras(0, 1, new DigitImages(pixels, labels), learned, seed: 1)));
    }

    [Fact]
    public void OneKindOfDigitIsEnough()
    {
        var zero = Array.FindIndex(_numbers, number => Mnist.Whole.Train.Label(number) == 0);
        var pictures = Pictures(new Extras(0, 1, Mnist.Whole.Train, [zero], seed: 1));
        Assert.All(pictures.Chunk(DigitImages.Pixels), picture => Assert.Contains(picture, value => value > 0));
    }

    private static byte[] Pictures(long seed, int epoch) => Pictures(new Extras(0.5, 1, Mnist.Whole.Train, _numbers, seed), epoch);

    private static byte[] Pictures(Extras extras, int epoch = 1)
    {
        var pictures = new byte[extras.Count(100) * DigitImages.Pixels];
        for (var i = 0; i < extras.Count(100); i++)
        {
            extras.Make(_numbers, i, epoch, pictures.AsSpan(i * DigitImages.Pixels, DigitImages.Pixels));
        }

        return pictures;
    }
}
