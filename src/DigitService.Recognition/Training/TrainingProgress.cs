namespace DigitService.Recognition.Training;

/// <summary>How far a run is, after a batch.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches of this epoch that are done.</param>
/// <param name="Batches">Batches in an epoch.</param>
/// <param name="Step">Batches since the run's beginning that are done.</param>
/// <param name="Loss">The mean cross-entropy of this batch, in nats.</param>
/// <param name="LearningRate">The learning rate that this batch was learned with.</param>
/// <param name="ImagesPerSecond">Training speed since the run began or went on, evaluation left out; pictures that were drawn count too.</param>
/// <param name="TimeLeft">Until the last epoch is trained, at that speed.</param>
public sealed record BatchProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    int Step,
    double Loss,
    double LearningRate,
    double ImagesPerSecond,
    TimeSpan TimeLeft);

/// <summary>What an epoch led to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean of the epoch's batch losses, in nats, over images and what was drawn for them.</param>
/// <param name="TrainAccuracy">The share of the epoch's pictures, those that were drawn and those of no digit among them, that were told right while learning from them, 0 to 1.</param>
/// <param name="ValidationLoss">The mean cross-entropy on the images held out, in nats; null if none are.</param>
/// <param name="ValidationAccuracy">The share of the images held out that are read right, 0 to 1; null if none are.</param>
/// <param name="LearningRate">The learning rate of the step that comes next.</param>
/// <param name="Seconds">The time that training took, evaluation left out.</param>
/// <param name="IsBest">
/// Whether what it led to is kept in place of what was: the best on the images held out, later equals not being better; of
/// means of weights, the last; of cycles, what they end with.
/// </param>
public sealed record EpochMetrics(
    int Epoch,
    double TrainLoss,
    double TrainAccuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double Seconds,
    bool IsBest);

