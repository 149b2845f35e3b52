namespace DigitService.Recognition.Data;

/// <summary>Which images a run learns from, and which it is watched by.</summary>
/// <param name="Train">Numbers of images, ascending.</param>
/// <param name="Validation">Numbers of other images, ascending.</param>
public sealed record DatasetSplit(int[] Train, int[] Validation)
{
    /// <summary>
    /// Draws both so that every digit has the share that it has in the whole, to the nearest image (the largest
    /// remainders are rounded up). The same seed always draws the same; a smaller training set of the same seed and
    /// validation size is part of a larger one but for such rounding. Pictures of no digit are all learned from.
    /// </summary>
    /// <param name="images">The whole.</param>
    /// <param name="validationSize">Images for validation, 0 to all but one.</param>
    /// <param name="trainSize">Images to learn from, 1 to as many as validation leaves; null for all of these.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="InvalidInputException">A size does not fit; the message says what is accepted.</exception>
    public static DatasetSplit Stratified(DigitImages images, int validationSize, int? trainSize, long seed)
    {
        int[] nonDigits = [.. Enumerable.Range(0, images.Count).Where(image => images.Label(image) == DigitImages.NoDigit)];
        var digits = images.Count - nonDigits.Length;
        Require(validationSize, "ValidationSize", 0, digits - 1);
        var rest = digits - validationSize;
        Require(trainSize ?? rest, "TrainSize", 1, rest);

        var available = new int[DigitImages.Classes];
        var isTaken = new bool[images.Count];
        Array.ForEach(nonDigits, image => isTaken[image] = true);
        for (var i = 0; i < images.Count; i++)
        {
            if (!isTaken[i])
            {
                available[images.Label(i)]++;
            }
        }

        // Epochs count from 1, so the order of an epoch 0 is nobody else's.
        var order = Shuffle.Order(images.Count, seed, epoch: 0);
        var validation = Take(validationSize);
        int[] train = [.. Take(trainSize ?? rest), .. nonDigits];
        Array.Sort(train);
        return new DatasetSplit(train, validation);

        int[] Take(int size)
        {
            var wanted = Shares(size, available);
            var taken = new List<int>(size);
            foreach (var image in order)
            {
                if (!isTaken[image] && wanted[images.Label(image)] > 0)
                {
                    isTaken[image] = true;
                    wanted[images.Label(image)]--;
                    available[images.Label(image)]--;
                    taken.Add(image);
                }
            }

            taken.Sort();
            return [.. taken];
        }
    }

    private static int[] Shares(int size, int[] available)
    {
        var total = available.Sum();
        var shares = available.Select(count => (int)((long)size * count / total)).ToArray();
        var largestRemainders = Enumerable.Range(0, available.Length)
            .OrderByDescending(digit => (long)size * available[digit] % total)
            .Take(size - shares.Sum());
        foreach (var digit in largestRemainders)
        {
            shares[digit]++;
        }

        return shares;
    }

    private static void Require(int size, string name, int least, int most)
    {
        if (size < least || size > most)
        {
            throw new InvalidInputException(
                FormattableString.Invariant($"{name} is {size}; accepted: {least:N0} to {most:N0}."));
        }
    }
}
