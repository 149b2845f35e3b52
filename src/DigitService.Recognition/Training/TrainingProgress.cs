namespace DigitService.Recognition.Training;

/// <summary>How far a run is, after a batch.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches of this epoch that are done.</param>
/// <param name="Batches">Batches in an epoch.</param>
/// <param name="Loss">The mean cross-entropy of this batch, in nats.</param>
/// <param name="ImagesPerSecond">Training speed since the run began, evaluation left out.</param>
/// <param name="TimeLeft">Until the last epoch is trained, at that speed.</param>
public sealed record BatchProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double ImagesPerSecond, TimeSpan TimeLeft);

/// <summary>What an epoch led to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean of the epoch's batch losses, in nats.</param>
/// <param name="TestLoss">The mean cross-entropy on the test images, in nats.</param>
/// <param name="TestAccuracy">The share of the test images that are read right, 0 to 1.</param>
/// <param name="Duration">The time that training took, evaluation left out.</param>
public sealed record EpochResult(int Epoch, double TrainLoss, double TestLoss, double TestAccuracy, TimeSpan Duration);
