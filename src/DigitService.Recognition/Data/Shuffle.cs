namespace DigitService.Recognition.Data;

/// <summary>The order in which an epoch visits the training images: the same for the same seed and epoch, everywhere.</summary>
public static class Shuffle
{
    /// <summary>The numbers from 0 to <paramref name="count"/> - 1, shuffled (Fisher and Yates).</summary>
    public static int[] Order(int count, long seed, int epoch)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        var random = new SplitMix64(seed, epoch);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
