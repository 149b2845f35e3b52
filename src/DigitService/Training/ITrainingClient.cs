using DigitService.Recognition.Training;
using Microsoft.AspNetCore.SignalR;

namespace DigitService.Training;

/// <summary>What the hub at <c>/hubs/training</c> tells its clients.</summary>
public interface ITrainingClient
{
    /// <summary>All that there is to know at this moment: on connecting, when asked for, and for a client that fell too far behind.</summary>
    [HubMethodName("snapshot")]
    Task Snapshot(SnapshotMessage message);

    /// <summary>A run came to another status. A run that begins to train has no curve yet: all of it follows.</summary>
    [HubMethodName("run")]
    Task Run(RunAnswer run);

    /// <summary>Batches were done, at most 20 times a second; the curve goes on where the client's ends.</summary>
    [HubMethodName("batch")]
    Task Batch(BatchMessage message);

    /// <summary>An epoch was done.</summary>
    [HubMethodName("epoch")]
    Task Epoch(EpochMessage message);
}

/// <summary>The present state.</summary>
/// <param name="Run">The run that trains, with its loss curve so far; null if none does.</param>
/// <param name="Queue">Those that wait, in the order of their turns.</param>
public sealed record SnapshotMessage(RunAnswer? Run, IReadOnlyList<RunAnswer> Queue);

/// <summary>What batches led to.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Curve">The loss curve since the last message to this client.</param>
public sealed record BatchMessage(string Run, ProgressAnswer Progress, CurveAnswer Curve);

/// <summary>What an epoch led to.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Metrics">The epoch's metrics.</param>
public sealed record EpochMessage(string Run, EpochMetrics Metrics);
