using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class SplitMix64Facts
{
    [Fact]
    public void TheNumbersAreThoseOfTheReferenceImplementation()
    {
        var random = new SplitMix64(seed: 0, stream: 0);
        Assert.Equal(0xe220a8397b1dcdafUL, random.Next());
        Assert.Equal(0x6e789e6aa1b965f4UL, random.Next());
        Assert.Equal(0x06c45d188009454fUL, random.Next());
    }

    [Fact]
    public void SymmetricNumbersFillTheirRangeEvenly()
    {
        var random = new SplitMix64(seed: 1, stream: 2);
        var numbers = Enumerable.Range(0, 10_000).Select(_ => (double)random.Symmetric()).ToArray();
        Assert.InRange(numbers.Min(), -1, -0.999);
        Assert.InRange(numbers.Max(), 0.999, 1 - 1e-9);

        // The mean has a standard deviation of 0.006, the mean square, a third, one of 0.003.
        Assert.InRange(numbers.Average(), -0.03, 0.03);
        Assert.InRange(numbers.Average(number => number * number), (1 / 3.0) - 0.015, (1 / 3.0) + 0.015);
    }
}
