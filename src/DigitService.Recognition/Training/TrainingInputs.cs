using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Training;

/// <summary>What a run begins with beside its options and its dataset.</summary>
public sealed record TrainingInputs
{
    /// <summary>Nothing: the first weights are drawn, and only the dataset is learned from.</summary>
    public static TrainingInputs None { get; } = new();

    /// <summary>The weights of the model that is fine-tuned; null where the first weights are drawn.</summary>
    public Checkpoint? Base { get; init; }

    /// <summary>The corrected pictures that are learned from; null where none are.</summary>
    public FeedbackSnapshot? Feedback { get; init; }

    /// <summary>What became of the corrected pictures that there were; null where none are learned from.</summary>
    public FeedbackCounts? Counts { get; init; }

    /// <summary>Takes what options ask for, as it is at this moment.</summary>
    /// <param name="options">What is to be trained.</param>
    /// <param name="models">Where the base is.</param>
    /// <param name="feedback">Where the corrected pictures are; null if none are kept.</param>
    /// <exception cref="EntryNotFoundException">There is no such base.</exception>
    /// <exception cref="DamagedEntryException">The base cannot be used.</exception>
    /// <exception cref="PthFormatException">The base has the weights of another network.</exception>
    /// <exception cref="EntryConflictException">There is no corrected picture to learn from; the message says why, and what to do.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static TrainingInputs Of(TrainingOptions options, ModelRegistry models, FeedbackStore? feedback)
    {
        var network = NetworkCatalog.Require(options.Network);
        var inputs = options.Base is { } id ? None with { Base = WeightsOf(id, network, models) } : None;
        if (!options.Feedback)
        {
            return inputs;
        }

        var (snapshot, counts) = FeedbackSnapshot.Of(feedback?.List() ?? [], options.Seed, network.TellsDigits);
        return counts.Learned > 0
            ? inputs with { Feedback = snapshot, Counts = counts }
            : throw new EntryConflictException(Nothing(counts, network));
    }

    /// <exception cref="InvalidInputException">They are not what the options speak of.</exception>
    internal void RequireFor(TrainingOptions options)
    {
        if (options.Base is null != Base is null || options.Feedback != Feedback is not null)
        {
            throw new InvalidInputException(
                $"The options have {(options.Base is null ? "no base" : "a base")} and {(options.Feedback ? "corrected pictures" : "no corrected pictures")}, and the inputs have not the same.");
        }
    }

    private static Checkpoint WeightsOf(string id, NetworkDefinition network, ModelRegistry models)
    {
        using var file = models.OpenWeights(id);
        using var loaded = LoadedModel.LoadNetwork(network.Name, Checkpoint.Read(file, $"The base {id}"));
        return Checkpoint.OfWeights(loaded);
    }

    private static string Nothing(FeedbackCounts counts, NetworkDefinition network)
    {
        var reason = counts switch
        {
            { HeldOut: 0, LeftOut: 0 } => "none is kept",
            { HeldOut: 0 } => $"of those that are kept, {counts.LeftOut:N0} show no digit, which {network.Name} does not tell, or are damaged",
            { LeftOut: 0 } => $"the {counts.HeldOut:N0} that are kept are held out, to judge models by",
            _ => $"of those that are kept, {counts.HeldOut:N0} are held out, to judge models by, and {counts.LeftOut:N0} show no digit or are damaged",
        };
        return FormattableString.Invariant($"There is no corrected picture to learn from: {reason}. Correct answers first: each becomes one.");
    }
}
