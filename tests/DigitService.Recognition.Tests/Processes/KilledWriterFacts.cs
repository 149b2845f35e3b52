using System.Diagnostics;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;

namespace DigitService.Recognition.Tests.Processes;

public sealed class KilledWriterFacts : IDisposable
{
    private const int Kills = 50;

    private readonly TemporaryFolder _folder = new();

    private string Root => _folder.File("");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RegistryAndRunStoreAreWholeWheneverTheirWriterIsKilled()
    {
        Directory.CreateDirectory(RegistryWorker.Models(Root));
        var delays = Shuffle.Order(count: 100, seed: 9, epoch: 1);
        for (var kill = 0; kill < Kills; kill++)
        {
            // A process's first round is slow, since it is compiled meanwhile: it is met in every fifth one.
            var delay = delays[kill];
            using var child = new ChildProcess("work", Root);
            child.WaitFor(kill % 5 == 0 ? RegistryWorker.Ready : RegistryWorker.FirstRoundDone);
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < delay)
            {
                RequireHealthyModels(new ModelRegistry(RegistryWorker.Models(Root)));
            }

            child.Kill();
            RequireWholeRegistry();
            RequireWholeRun();
        }

        // The writer got somewhere between two kills.
        Assert.NotNull(new ModelRegistry(RegistryWorker.Models(Root)).GetActiveId());
        Assert.True(new RunStore(RegistryWorker.Runs(Root)).List()[0].Record!.Epochs.Count > Kills / 2);
    }

    private static void RequireHealthyModels(ModelRegistry registry) =>
        Assert.All(registry.List(), entry => Assert.Null(entry.Error));

    private void RequireWholeRegistry()
    {
        var registry = new ModelRegistry(RegistryWorker.Models(Root));
        var models = registry.List();
        RequireHealthyModels(registry);
        foreach (var model in models)
        {
            using var weights = registry.OpenWeights(model.Id);
            Assert.IsType<PthDictionary>(PthFile.Read(weights, model.Id));
            Assert.Equal("{}"u8.ToArray(), registry.ReadEvaluation(model.Id));
        }

        var active = registry.GetActiveId();
        Assert.True(active is null || models.Single(model => model.IsActive).Id == active);
        RequireNoLeftovers(registry.Folder, [".lock", "active.json", .. models.Select(model => model.Id)]);
    }

    private void RequireWholeRun()
    {
        var store = new RunStore(RegistryWorker.Runs(Root));
        var run = Assert.Single(store.List());
        Assert.Null(run.Error);
        Assert.Equal(RunStatus.Interrupted, run.Record!.Status);
        Assert.Equal(Enumerable.Range(1, run.Record.Epochs.Count), run.Record.Epochs.Select(epoch => epoch.Epoch));
        var curve = store.ReadCurve(run.Id);
        Assert.Equal(Enumerable.Range(1, curve.Count).Select(RegistryWorker.Point), curve);
        RequireNoLeftovers(store.Folder, [".lock", $".{run.Id}.lock", run.Id]);

        var folder = Path.Combine(store.Folder, run.Id);
        RequireNoLeftovers(folder, ["run.json", "curve.csv", "checkpoint.pth"]);
        if (File.Exists(Path.Combine(folder, "checkpoint.pth")))
        {
            var (epochs, step) = RegistryWorker.ReadCheckpoint(Path.Combine(folder, "checkpoint.pth"));
            Assert.Equal(epochs * RegistryWorker.BatchesPerEpoch, step);
            Assert.InRange(step, 0, curve.Count);
            Assert.InRange(epochs, 0, run.Record.Epochs.Count);
        }
    }

    private static void RequireNoLeftovers(string folder, string[] expected) =>
        Assert.Empty(Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Except(expected));
}
