using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public sealed class RunStoreFacts : IDisposable
{
    private static readonly TrainingOptions _options = new()
    {
        LearningRate = 0.1 + 0.2,
        Augmentation = Augmentation.Affine with { Shear = 1.0 / 3 },
        Seed = -7,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly RunStore _store;

    public RunStoreFacts() => _store = new RunStore(_folder.File("runs"), _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunRecordsAllThatHappened()
    {
        string id;
        using (var run = Create())
        {
            id = run.Id;
            Assert.Equal("20261121-081500-cnn", id);
            Assert.Equal(RunStatus.Queued, _store.Get(id).Status);
            _time.Advance(seconds: 5);
            run.Start();
            Assert.Equal(RunStatus.Running, _store.Get(id).Status);
            TestRun.Train(run, _time, firstEpoch: 1, lastEpoch: 2);
            run.Complete("model-1", new RunResult(0.991, 0.03));
        }

        var record = _store.Get(id);
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(_options, record.Options);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 15, 5, TimeSpan.Zero), record.StartedAt);
        Assert.Equal(record.StartedAt + TimeSpan.FromSeconds(120), record.EndedAt);
        Assert.Equal(120, record.DurationSeconds);
        Assert.Equal([TestRun.Epoch(1, isBest: true), TestRun.Epoch(2, isBest: false)], record.Epochs);
        Assert.Equal(1, record.BestEpoch);
        Assert.Equal(("model-1", new RunResult(0.991, 0.03)), (record.ModelId, record.Result));
        Assert.Equal(RegistryWorker.Versions, record.Versions);
        Assert.Equal(Environment.ProcessId, record.Owner.ProcessId);
        Assert.Equal(Enumerable.Range(1, 6).Select(RegistryWorker.Point), _store.ReadCurve(id));
    }

    [Fact]
    public void RunsAreListedNewestFirst()
    {
        using var first = Create();
        using var second = Create();
        _time.Advance(seconds: 1);
        using var third = Create();
        Assert.Equal([third.Id, second.Id, first.Id], _store.List().Select(entry => entry.Id));
        Assert.Equal("20261121-081500-cnn-2", second.Id);
    }

    [Fact]
    public void EveryListTellsWhatChangedSinceTheLast()
    {
        string id;
        using (var run = Create())
        {
            id = run.Id;
            run.Cancel();
            Assert.Equal(RunStatus.Cancelled, Listed().Status);
        }

        using (var again = _store.Open(id, RegistryWorker.Versions))
        {
            Assert.Equal((RunStatus.Queued, null), (Listed().Status, Listed().EndedAt));
            again.Start();
            Assert.Equal(RunStatus.Running, Listed().Status);
            again.Fail("One reason.");
            Assert.Equal("One reason.", Listed().Reason);
        }

        using (var other = new RunStore(_folder.File("runs"), _time).Open(id, RegistryWorker.Versions))
        {
            Assert.Equal((RunStatus.Queued, null), (Listed().Status, Listed().Reason));
            other.Start();
        }

        Assert.Equal(RunStatus.Interrupted, Listed().Status);
        Directory.Delete(_folder.File($"runs/{id}"), recursive: true);
        Assert.Empty(_store.List());

        RunRecord Listed() => Assert.Single(_store.List()).Record!;
    }

    [Fact]
    public void ACurveIsSeenByOthersWithinASecond()
    {
        using var run = Create();
        run.Start();
        TestRun.Batches(run, 1, 1);
        Assert.Empty(_store.ReadCurve(run.Id));
        _time.Advance(seconds: 1);
        TestRun.Batches(run, 2, 2);
        Assert.Equal(2, _store.ReadCurve(run.Id).Count);
    }

    [Fact]
    public void BatchesAndEpochsComeInOrder()
    {
        using var run = Create();
        Assert.Throws<InvalidOperationException>(() => run.AppendBatch(RegistryWorker.Point(1)));
        run.Start();
        Assert.Throws<ArgumentException>(() => run.AppendBatch(RegistryWorker.Point(2)));
        Assert.Throws<ArgumentException>(() => run.AppendBatch(new LossPoint(1, double.NaN, 1)));
        Assert.Throws<ArgumentException>(() => run.AppendEpoch(TestRun.Epoch(2, isBest: true)));
        run.Cancel();
        Assert.Throws<InvalidOperationException>(() => run.SaveCheckpoint(_ => { }));
    }

    [Fact]
    public void ARunRecordsTheVersionsOfThisProcess()
    {
        using var run = _store.Create(_options);
        var versions = _store.Get(run.Id).Versions;
        Assert.Equal(LibraryVersions.Current(), versions);
        Assert.Equal(TorchSharp.torch.__version__, versions.Torch);
        Assert.StartsWith(".NET ", versions.Dotnet, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownRunsAndIdsThatAreNoneAreRefused()
    {
        Assert.Empty(_store.List());
        Assert.Throws<EntryNotFoundException>(() => _store.Get("other"));
        Assert.Throws<EntryNotFoundException>(() => _store.ReadCurve("other"));
        Assert.Throws<EntryNotFoundException>(() => _store.Open("other", RegistryWorker.Versions));
        Assert.Throws<InvalidInputException>(() => _store.Open("../other", RegistryWorker.Versions));
        Assert.Throws<InvalidInputException>(() => _store.Create(new TrainingOptions { Epochs = 0 }));
    }

    private RunHandle Create() => _store.Create(_options, RegistryWorker.Versions);
}
