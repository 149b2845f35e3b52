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

        // The seed is mixed before the epoch joins it, so that (seed 1, epoch 2) and (seed 2, epoch 1) differ.
        var state = Next((ulong)seed) + (ulong)epoch;
        for (var i = count - 1; i > 0; i--)
        {
            state += 0x9e3779b97f4a7c15;
            var j = (int)Math.BigMul(Next(state), (ulong)i + 1, out _);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    // The output function of SplitMix64 (Steele, Lea and Flood, 2014). .NET's own Random promises the same numbers
    // for the same seed only within one version.
    private static ulong Next(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
        return state ^ (state >> 31);
    }
}
