using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Training;

/// <summary>Everything that decides what a training run ends with: the same options give the same weights, bit for bit.</summary>
public sealed record TrainingOptions
{
    /// <summary>A name of the network catalogue.</summary>
    public string Network { get; init; } = "cnn";

    /// <summary>Passes over the training images, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Images per step, 1 to 10,000.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's step size, above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decides the first weights and the order of the images.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Replicas of the network that share every batch, each on a thread of its own, 1 to 64. It is one of the options
    /// because the last bits of a gradient depend on how its sum is divided, and not on the machine's cores.
    /// </summary>
    public int Replicas { get; init; } = 2;

    /// <exception cref="ArgumentException">An option is out of its range; the message says which, and what is accepted.</exception>
    public void Validate()
    {
        NetworkCatalog.Require(Network);
        Require(Epochs is >= 1 and <= 1_000, nameof(Epochs), Epochs, "1 to 1,000");
        Require(BatchSize is >= 1 and <= 10_000, nameof(BatchSize), BatchSize, "1 to 10,000");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(Replicas is >= 1 and <= 64, nameof(Replicas), Replicas, "1 to 64");
        Require(Replicas <= BatchSize, nameof(Replicas), Replicas, $"at most the batch size, {BatchSize}");
    }

    private static void Require(bool holds, string name, object value, string accepted)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; accepted: {accepted}."));
        }
    }
}
