using System.Text.Json.Serialization;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Training;

/// <summary>A training run.</summary>
public sealed record RunAnswer
{
    /// <summary>Such as <c>20261121-081500-cnn</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands; null if it is damaged.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Why it failed, as a sentence; null if it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>What its model is called, or is to be called; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>The network that it trains.</summary>
    public string? Network { get; init; }

    /// <summary>Everything that decides what it ends with.</summary>
    public TrainingOptions? Options { get; init; }

    /// <summary>What became of the corrected pictures that there were when it was asked for; null if it learns from none.</summary>
    public FeedbackCounts? Feedback { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was started first; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it stopped; null while it has not, and if its process was killed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it has been at work, the time between a stop and a resumption left out.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The epochs that are done.</summary>
    public IReadOnlyList<EpochMetrics>? Epochs { get; init; }

    /// <summary>The epoch whose weights are the best, from 1; null before the first is done.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>How far it is; null unless it is trained here at the moment.</summary>
    public ProgressAnswer? Progress { get; init; }

    /// <summary>How well its best weights read the test images; null until it is completed.</summary>
    public RunResult? Result { get; init; }

    /// <summary>The model that it made; null if it has made none.</summary>
    public string? ModelId { get; init; }

    /// <summary>Its place among those that wait here, from 1; null if it does not wait.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Whether it can be resumed.</summary>
    public bool CanResume { get; init; }

    /// <summary>What computes it.</summary>
    public LibraryVersions? Versions { get; init; }

    /// <summary>Why it cannot be read, wholly or its curve; null if it can.</summary>
    public string? Error { get; init; }

    /// <summary>The loss of every batch; left out where only a summary is wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurveAnswer? Curve { get; init; }

    internal static RunAnswer Of(RunRecord record, BatchProgress? progress = null, int? queuePosition = null) => new()
    {
        Id = record.Id,
        Status = record.Status,
        Reason = record.Reason,
        Name = record.Name,
        Network = record.Options.Network,
        Options = record.Options,
        Feedback = record.Feedback,
        CreatedAt = record.CreatedAt,
        StartedAt = record.StartedAt,
        EndedAt = record.EndedAt,
        DurationSeconds = Math.Round(record.DurationSeconds, 3),
        Epochs = record.Epochs,
        BestEpoch = record.BestEpoch,
        Progress = record.Status == RunStatus.Running && progress is not null ? ProgressAnswer.Of(progress) : null,
        Result = record.Result,
        ModelId = record.ModelId,
        QueuePosition = queuePosition,
        CanResume = record.Status is RunStatus.Cancelled or RunStatus.Failed or RunStatus.Interrupted,
        Versions = record.Versions,
    };
}

/// <summary>How far a run is, after a batch.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches of this epoch that are done.</param>
/// <param name="Batches">Batches in an epoch.</param>
/// <param name="Step">Batches since the run's beginning that are done.</param>
/// <param name="Steps">Batches in all.</param>
/// <param name="Loss">The mean cross-entropy of this batch, in nats.</param>
/// <param name="LearningRate">The learning rate that this batch was learned with.</param>
/// <param name="ImagesPerSecond">Training speed, evaluation left out.</param>
/// <param name="SecondsLeft">Until the last epoch is trained, at that speed.</param>
public sealed record ProgressAnswer(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    int Step,
    int Steps,
    double Loss,
    double LearningRate,
    double ImagesPerSecond,
    double SecondsLeft)
{
    internal static ProgressAnswer Of(BatchProgress progress) => new(
        progress.Epoch,
        progress.Epochs,
        progress.Batch,
        progress.Batches,
        progress.Step,
        progress.Epochs * progress.Batches,
        progress.Loss,
        progress.LearningRate,
        Math.Round(progress.ImagesPerSecond, 1),
        Math.Round(progress.TimeLeft.TotalSeconds, 1));
}

/// <summary>A loss curve: consecutive stretches of steps, one after the other without a gap.</summary>
/// <param name="Steps">The last step of each stretch, from 1.</param>
/// <param name="Loss">The mean loss of each, in nats.</param>
/// <param name="LearningRate">The learning rate at the end of each.</param>
public sealed record CurveAnswer(IReadOnlyList<int> Steps, IReadOnlyList<double> Loss, IReadOnlyList<double> LearningRate)
{
    private const int MostPoints = 1_000;

    /// <param name="points">The points to tell of.</param>
    /// <param name="before">The step before the first of them.</param>
    internal static CurveAnswer Of(ReadOnlyMemory<LossPoint> points, int before = 0)
    {
        var thinned = LossHistory.Thin(points.Span, before, MostPoints);
        return new CurveAnswer(
            [.. thinned.Select(point => point.Step)],
            [.. thinned.Select(point => point.Loss)],
            [.. thinned.Select(point => point.LearningRate)]);
    }
}

/// <summary>A run that was asked for, or asked to change.</summary>
/// <param name="Id">The run.</param>
/// <param name="Status">Where it stands at this moment.</param>
public sealed record RunReference(string Id, RunStatus Status);
