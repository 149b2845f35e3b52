using System.Diagnostics;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Training;

/// <summary>
/// A run in this service's hands, from its being queued to its end, as those who ask for it see it. The thread that trains
/// only writes here, and waits for nobody longer than it takes to copy a few fields.
/// </summary>
internal sealed class LiveRun(RunHandle handle) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _begun = new();
    private LossHistory _curve = new();
    private RunRecord _record = handle.Record;
    private BatchProgress? _progress;
    private long _startedAt;

    internal string Id => handle.Id;

    internal RunHandle Handle => handle;

    internal CancellationToken Cancellation => _cancellation.Token;

    internal LiveMoment Now
    {
        get
        {
            lock (_lock)
            {
                var record = _record.Status == RunStatus.Running
                    ? _record with { DurationSeconds = _record.DurationSeconds + Stopwatch.GetElapsedTime(_startedAt).TotalSeconds }
                    : _record;
                return new LiveMoment(record, _progress, _curve.Points);
            }
        }
    }

    /// <summary>Training begins.</summary>
    /// <param name="curve">The curve up to the checkpoint that it goes on from.</param>
    internal void Begin(LossHistory curve)
    {
        lock (_lock)
        {
            _curve = curve;
            Update(handle.Record);
        }

        _begun.Set();
    }

    internal void Add(BatchProgress progress)
    {
        lock (_lock)
        {
            _curve.Add(new LossPoint(progress.Step, progress.Loss, progress.LearningRate));
            _progress = progress;
        }
    }

    /// <summary>Takes over what the record says now: of an epoch, or of the end.</summary>
    internal void Update(RunRecord record)
    {
        lock (_lock)
        {
            _record = record;
            _startedAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Lets those go on who wait for it to begin, whether or not it has.</summary>
    internal void StopWaiting() => _begun.Set();

    internal void WaitUntilBegun() => _begun.Wait();

    /// <summary>Asks for it to stop after the current batch.</summary>
    internal void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        handle.Dispose();
        _cancellation.Dispose();
        _begun.Dispose();
    }
}

/// <summary>How a run stands at a moment.</summary>
/// <param name="Record">What there is to know of it.</param>
/// <param name="Progress">How far it is; null before its first batch here.</param>
/// <param name="Curve">Its loss curve.</param>
internal readonly record struct LiveMoment(RunRecord Record, BatchProgress? Progress, ReadOnlyMemory<LossPoint> Curve)
{
    /// <summary>The last step that is done.</summary>
    internal int Step => Curve.IsEmpty ? 0 : Curve.Span[^1].Step;

    /// <summary>The curve after a step; null if that step is within a stretch that has become one point meanwhile.</summary>
    internal ReadOnlyMemory<LossPoint>? CurveAfter(int step)
    {
        var points = Curve.Span;
        var known = points.Length;
        while (known > 0 && points[known - 1].Step > step)
        {
            known--;
        }

        if ((known == 0 ? 0 : points[known - 1].Step) != step)
        {
            return null;
        }

        return Curve[known..];
    }
}
