using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Training;

/// <summary>How far a run is, beside the weights: with these a run that was stopped ends as one that was not.</summary>
internal sealed class TrainingState
{
    /// <summary>What every epoch that is done led to.</summary>
    internal List<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>Batches of the running epoch that are done.</summary>
    internal int BatchesDone { get; set; }

    /// <summary>Images that were learned from in the running epoch.</summary>
    internal long ImagesSeen { get; set; }

    /// <summary>The running epoch's losses, every image's added up.</summary>
    internal double LossSum { get; set; }

    /// <summary>Images of the running epoch that were read right while learning from them.</summary>
    internal long Correct { get; set; }

    /// <summary>Seconds of training in the running epoch.</summary>
    internal double Seconds { get; set; }

    /// <summary>What is kept of the epochs so far, as <see cref="EpochMetrics.IsBest"/> tells; null before the first has ended.</summary>
    internal PthDictionary? BestWeights { get; set; }

    internal EpochMetrics? Best => Epochs.LastOrDefault(epoch => epoch.IsBest);

    /// <summary>Whether an epoch is better than all before: by validation accuracy, then by validation loss; without either, the latest is.</summary>
    internal bool IsBest(double? validationAccuracy, double? validationLoss) =>
        Best is not { } best
        || validationAccuracy is null
        || validationAccuracy > best.ValidationAccuracy
        || (validationAccuracy == best.ValidationAccuracy && validationLoss < best.ValidationLoss);

    /// <summary>Files the running epoch with the others.</summary>
    internal void EndEpoch(EpochMetrics metrics)
    {
        Epochs.Add(metrics);
        BatchesDone = 0;
        ImagesSeen = 0;
        LossSum = 0;
        Correct = 0;
        Seconds = 0;
    }
}
