using DigitService.Recognition.Data;

namespace DigitService.Recognition.Training;

/// <summary>
/// What a run learns from: a part of a dataset, and with it the corrected pictures, repeated until they count for
/// something among thousands. Every repetition is a picture of its own, and so is changed in its own way.
/// </summary>
/// <param name="Images">The dataset, and after it the corrected pictures, all of them as often as they are repeated.</param>
/// <param name="Dataset">Which images of the dataset are learned from, and which are held out.</param>
/// <param name="Numbers">The images that are learned from.</param>
internal sealed record TrainingSet(DigitImages Images, DatasetSplit Dataset, int[] Numbers)
{
    // Of all that is learned from. Measured with `script/bench writers`.
    private const double Share = 0.25;

    // More, and a few pictures would be learned by heart.
    private const int MostRepetitions = 400;

    /// <exception cref="InvalidInputException">The options do not fit the images: there are too few, as a rule.</exception>
    internal static TrainingSet Of(TrainingOptions options, DigitImages dataset, DigitImages? feedback)
    {
        var split = options.Split(dataset);
        if (feedback is null)
        {
            return new TrainingSet(dataset, split, split.Train);
        }

        var copies = feedback.Count * Repetitions(feedback.Count, split.Train.Length);
        return new TrainingSet(
            dataset.With(feedback, copies), split, [.. split.Train, .. Enumerable.Range(dataset.Count, copies)]);
    }

    /// <summary>Batches in an epoch. One at its end that is too small to be shared, and to be normalised, is left out.</summary>
    internal int BatchesPerEpoch(TrainingOptions options) =>
        (Numbers.Length + options.BatchSize - options.SmallestBatch) / options.BatchSize;

    /// <summary>The numbers of the images of an epoch's batches.</summary>
    internal IEnumerable<ReadOnlyMemory<int>> Batches(TrainingOptions options, int epoch)
    {
        var order = Shuffle.Order(Numbers.Length, options.Seed, epoch);
        var images = Array.ConvertAll(order, position => Numbers[position]);
        return Enumerable.Range(0, BatchesPerEpoch(options)).Select(batch =>
        {
            var start = batch * options.BatchSize;
            return (ReadOnlyMemory<int>)images.AsMemory(start, Math.Min(options.BatchSize, images.Length - start));
        });
    }

    /// <summary>How often each of so many corrected pictures is learned from in an epoch of so many images.</summary>
    internal static int Repetitions(int pictures, int images) =>
        Math.Clamp((int)Math.Round(Share / (1 - Share) * images / pictures), 1, MostRepetitions);
}
