using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class ShuffleFacts
{
    [Fact]
    public void EveryImageComesOnce() =>
        Assert.Equal(Enumerable.Range(0, 1_000), Shuffle.Order(1_000, 7, 1).Order());

    [Fact]
    public void TheSameSeedAndEpochGiveTheSameOrderForever() =>
        Assert.Equal([9, 0, 1, 4, 8, 2, 3, 7, 6, 5], Shuffle.Order(10, 0, 1));

    [Fact]
    public void EpochsAndSeedsDiffer()
    {
        int[][] orders = [.. from seed in new long[] { 0, 1, 2, -1, long.MaxValue }
                             from epoch in Enumerable.Range(1, 5)
                             select Shuffle.Order(50, seed, epoch)];
        Assert.Equal(orders.Length, orders.Select(order => string.Join(",", order)).Distinct().Count());
    }

    [Fact]
    public void NoPlaceIsFavoured()
    {
        var sums = new double[20];
        for (var epoch = 0; epoch < 2_000; epoch++)
        {
            var order = Shuffle.Order(sums.Length, 3, epoch);
            for (var i = 0; i < order.Length; i++)
            {
                sums[i] += order[i];
            }
        }

        // The mean of a place is 9.5 with a standard deviation of 0.13.
        Assert.All(sums, sum => Assert.InRange(sum / 2_000, 9.5 - 0.65, 9.5 + 0.65));
    }
}
