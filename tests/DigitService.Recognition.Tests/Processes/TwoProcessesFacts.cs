using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Processes;

public sealed class TwoProcessesFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Models => RegistryWorker.Models(_folder.File(""));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TwoProcessesRegisterSideBySideAndNothingIsLost()
    {
        using var first = new ChildProcess("register", Models, "first", "20");
        using var second = new ChildProcess("register", Models, "second", "20");
        Assert.Equal((0, "", ""), first.WaitForEnd());
        Assert.Equal((0, "", ""), second.WaitForEnd());

        var models = new ModelRegistry(Models).List();
        Assert.All(models, model => Assert.Null(model.Error));
        Assert.Equal(
            new[] { "first", "second" }.SelectMany(name => Enumerable.Range(0, 20).Select(i => $"{name} {i}")).Order(),
            models.Select(model => model.Info!.Name).Order());
        Assert.Single(models, model => model.IsActive);
    }

    [Fact]
    public void ARegistryThatAnotherProcessChangesIsReadAndSaysSoToWriters()
    {
        using var child = new ChildProcess("hold-registry", Models);
        child.WaitFor(RegistryWorker.Ready);
        var registry = new ModelRegistry(Models) { Patience = TimeSpan.FromMilliseconds(100) };
        Assert.Empty(registry.List());
        var error = Assert.Throws<EntryConflictException>(Register);
        Assert.Contains("another process has been changing", error.Message, StringComparison.Ordinal);
        Assert.True(TemporaryEntry.AnyIn(Models), "The living process's model was taken from it.");

        child.Kill();
        _ = new ModelRegistry(Models);
        Assert.False(TemporaryEntry.AnyIn(Models));
        Assert.Equal(Register().Id, Assert.Single(registry.List()).Id);

        ModelInfo Register() => registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights);
    }

    [Fact]
    public void ARunIsTrainedByOneProcessAndIsInterruptedWhenThatIsKilled()
    {
        var store = new RunStore(RegistryWorker.Runs(_folder.File("")));
        string id;
        using (var run = store.Create(new TrainingOptions(), RegistryWorker.Versions))
        {
            id = run.Id;
        }

        using var child = new ChildProcess("hold-run", store.Folder, id);
        child.WaitFor(RegistryWorker.Ready);
        Assert.Equal(RunStatus.Running, store.Get(id).Status);
        var error = Assert.Throws<EntryConflictException>(() => store.Open(id, RegistryWorker.Versions));
        Assert.Contains($"process {child.Id} on {Environment.MachineName}", error.Message, StringComparison.Ordinal);

        child.Kill();
        Assert.Equal(RunStatus.Interrupted, store.Get(id).Status);
        using var resumed = store.Open(id, RegistryWorker.Versions);
        Assert.Equal(RunStatus.Queued, store.Get(id).Status);
    }
}
