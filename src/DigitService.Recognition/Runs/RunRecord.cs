using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>The process that trains a run, or did last.</summary>
/// <param name="ProcessId">Its number there.</param>
/// <param name="Host">The machine's name.</param>
public sealed record RunOwner(int ProcessId, string Host)
{
    internal static RunOwner Current => new(Environment.ProcessId, Environment.MachineName);
}

/// <summary>How well the run's best weights read the test images, which nothing was chosen by.</summary>
/// <param name="Accuracy">The share that is read right, 0 to 1.</param>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
public sealed record RunResult(double Accuracy, double Loss);

/// <summary>All there is to know of a run but its loss curve: <c>run.json</c>.</summary>
public sealed record RunRecord
{
    private const int CurrentVersion = 1;

    /// <summary>The version of this file's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The name of the run's folder.</summary>
    public required string Id { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Why it failed, as a sentence; null if it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>What the model is to be called; null for no name.</summary>
    public string? Name { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>What became of the corrected pictures that there were when it was made; null if it learns from none.</summary>
    public FeedbackCounts? Feedback { get; init; }

    /// <summary>In UTC, as all of them.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was started first; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was completed, cancelled, failed or interrupted; null before that, and if its process was killed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it was at work, the time between a stop and a resumption left out.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>What computes it; after a resumption, what does now.</summary>
    public required LibraryVersions Versions { get; init; }

    /// <summary>The epochs that are done, in order.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>The best weights on the test images; null until it is completed.</summary>
    public RunResult? Result { get; init; }

    /// <summary>The model that it made; null if it has made none.</summary>
    public string? ModelId { get; init; }

    public required RunOwner Owner { get; init; }

    /// <summary>The epoch whose weights are the best, from 1; null before the first is done.</summary>
    public int? BestEpoch => Epochs.LastOrDefault(epoch => epoch.IsBest)?.Epoch;

    /// <summary>What is wrong with a <c>run.json</c>, as a sentence; null if nothing is.</summary>
    internal string? ProblemIn(string folderName)
    {
        var misplaced = Epochs.Index().FirstOrDefault(entry => entry.Item?.Epoch != entry.Index + 1, (-1, null!)).Index;
        return this switch
        {
            { Version: < 1 or > CurrentVersion } => $"version is {Version}; this program reads version {CurrentVersion}.",
            _ when Id != folderName => $"id is {PthFormatException.Quote(Id)}, but the folder is called {folderName}.",
            { DurationSeconds: < 0 } => FormattableString.Invariant($"durationSeconds is {DurationSeconds}, not 0 or more."),
            _ when misplaced >= 0 => $"epochs[{misplaced}] is not epoch {misplaced + 1}.",
            _ => null,
        };
    }
}
