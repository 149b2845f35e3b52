using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public sealed class ResumedRunFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly RunStore _store;

    public ResumedRunFacts() => _store = new RunStore(_folder.File("runs"), _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AResumedRunsFilesEqualThoseOfAnUninterruptedOne()
    {
        using var whole = Create();
        whole.Start();
        TestRun.Train(whole, _time, firstEpoch: 1, lastEpoch: 3);
        whole.Complete(null, null);

        string id;
        using (var killed = Create())
        {
            id = killed.Id;
            killed.Start();
            TestRun.Train(killed, _time, firstEpoch: 1, lastEpoch: 2);
            TestRun.Batches(killed, 7, 8);
        }

        File.AppendAllText(Path.Combine(_store.Folder, id, "curve.csv"), "9,0.5");
        Assert.Equal(RunStatus.Interrupted, _store.Get(id).Status);
        Assert.Equal(8, _store.ReadCurve(id).Count);
        using (var resumed = _store.Open(id, RegistryWorker.Versions))
        {
            resumed.Start(epochs: 1, step: 3);
            Assert.Equal(RunStatus.Running, _store.Get(id).Status);
            TestRun.Train(resumed, _time, firstEpoch: 2, lastEpoch: 3);
            resumed.Complete(null, null);
        }

        Assert.Equal(Content(whole.Id, "curve.csv"), Content(id, "curve.csv"));
        Assert.Equal(whole.Record.Epochs, _store.Get(id).Epochs);
    }

    [Fact]
    public void TimeBetweenAStopAndAResumptionIsNoWork()
    {
        using (var run = Create())
        {
            run.Start();
            _time.Advance(seconds: 10);
            run.Cancel();
        }

        _time.Advance(seconds: 3_600);
        using var resumed = _store.Open(_store.List()[0].Id, RegistryWorker.Versions);
        resumed.Start();
        _time.Advance(seconds: 5);
        resumed.Fail("The loss is no longer a finite number.");
        Assert.Equal(15, resumed.Record.DurationSeconds);
        Assert.Equal((RunStatus.Failed, "The loss is no longer a finite number."), (resumed.Record.Status, resumed.Record.Reason));
    }

    [Fact]
    public void StartingAnewDropsTheOldCheckpointBeforeTheCurve()
    {
        using var run = Create();
        run.Start();
        TestRun.Train(run, _time, firstEpoch: 1, lastEpoch: 1);
        Assert.True(run.HasCheckpoint);
        run.Start();
        Assert.False(run.HasCheckpoint);
        Assert.Empty(run.Record.Epochs);
        Assert.Empty(_store.ReadCurve(run.Id));
    }

    [Fact]
    public void ACheckpointAheadOfTheCurveIsOfAnotherRun()
    {
        using var run = Create();
        run.Start();
        TestRun.Train(run, _time, firstEpoch: 1, lastEpoch: 1);
        Assert.Contains("step 9 after 1 epochs", Assert.Throws<DamagedEntryException>(() => run.Start(1, 9)).Message, StringComparison.Ordinal);
        Assert.Throws<DamagedEntryException>(() => run.Start(2, 3));
    }

    [Fact]
    public void ACompletedRunHasNothingToGoOnWith()
    {
        using (var run = Create())
        {
            run.Start();
            run.Complete(null, null);
        }

        var error = Assert.Throws<EntryConflictException>(() => _store.Open(_store.List()[0].Id, RegistryWorker.Versions));
        Assert.Contains("completed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatIsAtWorkIsNotOpenedTwice()
    {
        using var run = Create();
        var error = Assert.Throws<EntryConflictException>(() => _store.Open(run.Id, RegistryWorker.Versions));
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    private RunHandle Create() => _store.Create(new TrainingOptions(), RegistryWorker.Versions);

    private byte[] Content(string id, string file) => File.ReadAllBytes(Path.Combine(_store.Folder, id, file));
}
