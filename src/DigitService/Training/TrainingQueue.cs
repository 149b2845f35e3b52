using System.Diagnostics.Metrics;
using System.Text.Json;
using DigitService.Recognition.Runs;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>The run that trains and those that wait for their turn, and which of them changed lately.</summary>
internal sealed class TrainingQueue : IDisposable
{
    private const int ChangesKept = 256;
    private static readonly TimeSpan _usualWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly List<LiveRun> _runs = [];
    private readonly Queue<RunChange> _changes = [];
    private readonly Dictionary<string, RunRecord> _unstored = [];
    private readonly int _length;
    private readonly Counter<long> _counter;
    private LiveRun? _taken;
    private int _promised;
    private long _number;
    private bool _isClosed;

    public TrainingQueue(IOptions<TrainingServiceOptions> options, IMeterFactory meters)
    {
        _length = options.Value.QueueLength;
        var meter = meters.Create("DigitService");
        _counter = meter.CreateCounter<long>("digitservice.runs", "{run}", "Runs that came to a status.");
        meter.CreateObservableGauge(
            "digitservice.training.speed", () => Moment.Now.Progress?.ImagesPerSecond ?? 0, "{image}/s", "Images trained per second.");
    }

    /// <summary>Told that there are new changes, or that a run has begun. Never on a thread that trains.</summary>
    internal event Action? Changed;

    /// <summary>All runs here, as they are at this moment.</summary>
    internal QueueMoment Moment
    {
        get
        {
            lock (_lock)
            {
                var first = _taken?.Now;
                var running = first is { Record.Status: not RunStatus.Queued } ? _taken : null;
                return new QueueMoment(
                    _number, running, running is null ? default : first!.Value, [.. _runs.Skip(running is null ? 0 : 1).Select(Describe)]);
            }
        }
    }

    /// <summary>Takes a run in, to be trained when its turn comes.</summary>
    /// <param name="open">Makes or opens it. It is not called if there is no place.</param>
    /// <exception cref="TrainingQueueFullException">There is no place.</exception>
    internal LiveRun Add(Func<RunHandle> open)
    {
        Promise();
        LiveRun run;
        try
        {
            run = new LiveRun(open());
        }
        catch
        {
            lock (_lock)
            {
                _promised--;
            }

            throw;
        }

        lock (_lock)
        {
            _promised--;
            _unstored.Remove(run.Id);
            _runs.Add(run);
            Publish(run);
        }

        _arrivals.Release();
        Changed?.Invoke();
        return run;
    }

    /// <summary>Waits for the next run, which stays first in the queue until it ends; null when the service is to end.</summary>
    internal LiveRun? Take(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                _arrivals.Wait(stopping);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            lock (_lock)
            {
                // Those that were withdrawn have arrived too.
                if (_runs.Count > 0)
                {
                    return _taken = _runs[0];
                }
            }
        }

        return null;
    }

    /// <summary>Tells that the run that was taken trains now.</summary>
    internal void Announce(LiveRun run)
    {
        lock (_lock)
        {
            Publish(run);
        }

        Changed?.Invoke();
    }

    /// <summary>Ends a run: it is nobody's any longer.</summary>
    /// <param name="run">The run.</param>
    /// <param name="record">What it ended with.</param>
    /// <param name="isStored">Whether the disk has that too. If not, it is remembered here.</param>
    internal void End(LiveRun run, RunRecord record, bool isStored)
    {
        lock (_lock)
        {
            run.Update(record);
            _runs.Remove(run);
            _taken = _taken == run ? null : _taken;
            if (!isStored)
            {
                _unstored[run.Id] = record;
            }

            Publish(run);
            run.Dispose();
        }

        Changed?.Invoke();
    }

    /// <summary>Asks a run to stop, or takes it out of the queue.</summary>
    /// <returns>The run, and whether it was taken out and is now the caller's to end; null if there is no such run here.</returns>
    internal (LiveRun Run, bool IsWithdrawn)? Cancel(string id)
    {
        lock (_lock)
        {
            if (_runs.Find(run => run.Id == id) is not { } run)
            {
                return null;
            }

            if (run == _taken)
            {
                run.Cancel();
                return (run, false);
            }

            _runs.Remove(run);
            return (run, true);
        }
    }

    /// <summary>Takes no more runs, and gives back those that wait.</summary>
    internal IReadOnlyList<LiveRun> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return [.. _runs];
        }
    }

    /// <summary>The run as it is now, and its curve; null if it is not in this service's hands.</summary>
    internal (RunAnswer Answer, LiveMoment Now)? Find(string id)
    {
        lock (_lock)
        {
            return _runs.Find(run => run.Id == id) is { } run ? (Describe(run), run.Now) : null;
        }
    }

    /// <summary>What a run of this service ended with, if the disk could not take it.</summary>
    internal RunRecord? FindUnstored(string id)
    {
        lock (_lock)
        {
            return _unstored.GetValueOrDefault(id);
        }
    }

    /// <summary>The changes after that number; null if they are no longer known.</summary>
    internal IReadOnlyList<RunChange>? ChangesAfter(long number)
    {
        lock (_lock)
        {
            return number < _number - _changes.Count ? null : [.. _changes.Where(change => change.Number > number)];
        }
    }

    public void Dispose() => _arrivals.Dispose();

    private void Promise()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new TrainingQueueFullException("The service is about to end and takes no more runs.", _usualWait);
            }

            // One of them trains, or will at once.
            if (_runs.Count + _promised > _length)
            {
                var left = _taken?.Now.Progress?.TimeLeft ?? _usualWait;
                throw new TrainingQueueFullException(
                    $"A run trains and {_length} wait, which is as many as may. Try again when one has ended, or cancel one.", left);
            }

            _promised++;
        }
    }

    private RunAnswer Describe(LiveRun run)
    {
        var now = run.Now;
        var ahead = _taken?.Now.Record.Status == RunStatus.Running ? 0 : 1;
        return RunAnswer.Of(now.Record, now.Progress, now.Record.Status == RunStatus.Queued ? _runs.IndexOf(run) + ahead : null);
    }

    private void Publish(LiveRun run)
    {
        var answer = Describe(run);
        _changes.Enqueue(new RunChange(++_number, run, answer));
        if (_changes.Count > ChangesKept)
        {
            _changes.Dequeue();
        }

        _counter.Add(1, KeyValuePair.Create<string, object?>("status", JsonNamingPolicy.CamelCase.ConvertName($"{answer.Status}")));
    }
}
