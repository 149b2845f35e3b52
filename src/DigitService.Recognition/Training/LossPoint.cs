namespace DigitService.Recognition.Training;

/// <summary>A point of a run's loss curve.</summary>
/// <param name="Step">Batches since the run's beginning, this one included.</param>
/// <param name="Loss">The batch's mean cross-entropy, in nats.</param>
/// <param name="LearningRate">The learning rate that it was learned with.</param>
public readonly record struct LossPoint(int Step, double Loss, double LearningRate);
