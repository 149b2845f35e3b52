using System.Diagnostics.Metrics;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests;
using DigitService.Recognition.Training;
using DigitService.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DigitService.Tests;

public sealed class TrainingWatcherFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _aborted = new();
    private readonly FakeClient _client = new();
    private readonly TrainingQueue _queue;
    private readonly Task _watching;

    public TrainingWatcherFacts()
    {
        _queue = new TrainingQueue(Options.Create(new TrainingServiceOptions()), _services.GetRequiredService<IMeterFactory>());
        var watcher = new TrainingWatcher(_client, _queue, () => TimeSpan.FromMilliseconds(1));
        _queue.Changed += watcher.Wake;
        _watching = watcher.RunAsync(_aborted.Token);
    }

    public void Dispose()
    {
        _client.IsHeldUp = false;
        _aborted.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _watching.GetAwaiter().GetResult());
        _queue.Dispose();
        _aborted.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatASlowClientMissedComesInOneMessageWithoutAGap()
    {
        var run = Begin();
        Train(run, 1, 10);
        await _client.WaitAsync(() => _client.LastStep == 10);
        _client.IsHeldUp = true;
        Train(run, 11, 11);
        await _client.WaitAsync(() => _client.LastStep == 11);
        Train(run, 12, 30_000);
        _client.IsHeldUp = false;
        await _client.WaitAsync(() => _client.LastStep == 30_000);

        var missed = _client.Batches[^1].Curve;
        Assert.InRange(missed.Steps.Count, 500, 1_001);
        Assert.Equal((30_000, 30_000), (_client.Batches[^1].Progress.Step, missed.Steps[^1]));
        Assert.Single(_client.Snapshots);
        RequireMeans(_client.Batches.Select(message => message.Curve));
    }

    [Fact]
    public async Task AClientThatIsBehindAMergedStretchGetsASnapshot()
    {
        var run = Begin();
        Train(run, 1, 10);
        await _client.WaitAsync(() => _client.LastStep == 10);
        _client.IsHeldUp = true;
        Train(run, 11, 11);
        await _client.WaitAsync(() => _client.LastStep == 11);
        Train(run, 12, 2 * LossHistory.Capacity);
        _client.IsHeldUp = false;
        await _client.WaitAsync(() => _client.Snapshots.Count == 2);
        Train(run, (2 * LossHistory.Capacity) + 1, (2 * LossHistory.Capacity) + 5);
        await _client.WaitAsync(() => _client.LastStep == (2 * LossHistory.Capacity) + 5);
        RequireMeans([_client.Snapshots[1].Run!.Curve!, .. _client.Batches.Where(message => message.Curve.Steps[0] > 11).Select(message => message.Curve)]);
    }

    [Fact]
    public async Task AClientThatMissedMoreChangesThanAreKeptGetsASnapshot()
    {
        await _client.WaitAsync(() => _client.Snapshots.Count == 1);
        _client.IsHeldUp = true;
        var run = Begin();
        for (var change = 0; change < 1_000; change++)
        {
            _queue.Announce(run);
        }

        _client.IsHeldUp = false;
        await _client.WaitAsync(() => _client.Snapshots.Count == 2);
        Assert.Equal(run.Id, _client.Snapshots[1].Run!.Id);
    }

    [Fact]
    public async Task RunsThatEndBetweenTwoLooksAreToldWholeAndInOrder()
    {
        await _client.WaitAsync(() => _client.Snapshots.Count == 1);
        _client.IsHeldUp = true;
        var runs = new List<LiveRun>();
        for (var i = 0; i < 3; i++)
        {
            var run = Begin();
            Train(run, 1, 5);
            run.Handle.AppendEpoch(new EpochMetrics(1, 1, 0.5, null, null, 1e-3, 1, true));
            run.Update(run.Handle.Record);
            Train(run, 6, 8);
            run.Handle.Cancel();
            _queue.End(run, run.Handle.Record, isStored: true);
            runs.Add(run);
        }

        _client.IsHeldUp = false;
        await _client.WaitAsync(() => _client.Log.Count(line => line.EndsWith("cancelled", StringComparison.OrdinalIgnoreCase)) == 3);
        Assert.Equal(
            ["snapshot", .. runs.SelectMany(run => new[] { $"{run.Id} Queued", $"{run.Id} Running", $"{run.Id} 1..8", $"{run.Id} epoch 1", $"{run.Id} Cancelled" })],
            _client.Log);
    }

    [Fact]
    public void SpeedAndEveryChangeAreMeasured()
    {
        var measured = new List<(string Name, double Value, string? Status)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument, null),
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        var run = Begin();
        Train(run, 1, 1);
        listener.RecordObservableInstruments();
        run.Handle.Cancel();
        _queue.End(run, run.Handle.Record, isStored: true);
        listener.RecordObservableInstruments();
        Assert.Equal(
            [
                ("digitservice.runs", 1, "queued"), ("digitservice.runs", 1, "running"), ("digitservice.training.speed", 1_000, null),
                ("digitservice.runs", 1, "cancelled"), ("digitservice.training.speed", 0, null),
            ],
            measured);

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (instrument.Meter.Name == "DigitService" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                measured.Add((instrument.Name, value, tags.Length > 0 ? tags[0].Value as string : null));
            }
        }
    }

    private LiveRun Begin()
    {
        _queue.Add(() => new RunStore(_folder.File("runs")).Create(new TrainingOptions()));
        var run = _queue.Take(CancellationToken.None)!;
        run.Handle.Start();
        run.Begin(new LossHistory());
        _queue.Announce(run);
        return run;
    }

    private static void Train(LiveRun run, int first, int last)
    {
        for (var step = first; step <= last; step++)
        {
            run.Handle.AppendBatch(new LossPoint(step, Loss(step), 1e-3));
            run.Add(new BatchProgress(1, 1, step, last, step, Loss(step), 1e-3, 1_000, TimeSpan.Zero));
        }
    }

    private static double Loss(int step) => 1 + (step % 7);

    private static void RequireMeans(IEnumerable<CurveAnswer> curves)
    {
        var before = 0;
        foreach (var (step, loss) in curves.SelectMany(curve => curve.Steps.Zip(curve.Loss)))
        {
            Assert.True(step > before);
            Assert.Equal(Enumerable.Range(before + 1, step - before).Average(Loss), loss, 1e-9);
            before = step;
        }
    }

    /// <summary>Takes what it is told, at once or when it is no longer held up.</summary>
    private sealed class FakeClient : ITrainingClient
    {
        private readonly Lock _lock = new();
        private volatile bool _isHeldUp;
        private int _lastStep;

        internal bool IsHeldUp
        {
            set => _isHeldUp = value;
        }

        internal int LastStep => Volatile.Read(ref _lastStep);

        internal List<SnapshotMessage> Snapshots { get; } = [];

        internal List<BatchMessage> Batches { get; } = [];

        internal List<string> Log { get; } = [];

        public Task Snapshot(SnapshotMessage message) => TakeAsync("snapshot", () => Snapshots.Add(message));

        public Task Run(RunAnswer run) => TakeAsync($"{run.Id} {run.Status}", () => { });

        public Task Batch(BatchMessage message) => TakeAsync($"{message.Run} {message.Curve.Steps[0]}..{message.Curve.Steps[^1]}", () =>
        {
            Batches.Add(message);
            Volatile.Write(ref _lastStep, message.Curve.Steps[^1]);
        });

        public Task Epoch(EpochMessage message) => TakeAsync($"{message.Run} epoch {message.Metrics.Epoch}", () => { });

        internal async Task WaitAsync(Func<bool> condition)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!Holds())
            {
                await Task.Delay(1, patience.Token);
            }

            bool Holds()
            {
                lock (_lock)
                {
                    return condition();
                }
            }
        }

        private async Task TakeAsync(string line, Action take)
        {
            lock (_lock)
            {
                Log.Add(line);
                take();
            }

            while (_isHeldUp)
            {
                await Task.Delay(1);
            }
        }
    }
}
