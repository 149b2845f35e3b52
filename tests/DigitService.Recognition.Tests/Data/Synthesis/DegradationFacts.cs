using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Tests.Data.Synthesis;

public class DegradationFacts
{
    [Fact]
    public void WithoutStrengthNothingChanges() => Assert.Equal(0, Changed(strength: 0));

    [Fact]
    public void MostPicturesChangeAtFullStrengthAndFewerAtLess()
    {
        Assert.InRange(Changed(strength: 1), 140, 199);
        Assert.InRange(Changed(strength: 0.3), 40, 120);
    }

    [Fact]
    public void NearlyEveryDigitKeepsMostOfItsInk()
    {
        var kept = Enumerable.Range(0, 200).Count(seed =>
        {
            var share = (double)Ink(Degraded(seed, 1)) / Ink(Mnist.Whole.Train.Image(seed).ToArray());
            return share is > 0.4 and < 2.5;
        });
        Assert.InRange(kept, 185, 200);

        static int Ink(byte[] picture) => picture.Sum(value => value);
    }

    private static int Changed(double strength) => Enumerable.Range(0, 200)
        .Count(seed => !Degraded(seed, strength).AsSpan().SequenceEqual(Mnist.Whole.Train.Image(seed)));

    private static byte[] Degraded(int seed, double strength)
    {
        var random = new SplitMix64(seed, 0);
        var picture = Mnist.Whole.Train.Image(seed).ToArray();
        Degradation.Apply(strength, ref random, picture);
        return picture;
    }
}
