using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Processes;

public sealed class UnwritableFolderFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [MountFact]
    public void AFullDiskIsSaidAndLosesNothing() => Run(MountFactAttribute.FullDisk, "full-disk");

    [MountFact]
    public void AReadOnlyFolderIsSaidAndItsModelsStillLoad()
    {
        var registry = new ModelRegistry(RegistryWorker.Models(_folder.File("")));
        registry.Activate(registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights).Id);
        registry.Register(RegistryWorker.Info("other"), RegistryWorker.WriteWeights);
        using (var run = new RunStore(RegistryWorker.Runs(_folder.File(""))).Create(new TrainingOptions(), RegistryWorker.Versions))
        {
            run.Start();
        }

        // What a killed process left must not stop a reader that cannot remove it.
        Directory.CreateDirectory(TemporaryEntry.NewPath(registry.Folder));
        Run(MountFactAttribute.ReadOnly, "read-only");
    }

    [Fact]
    public void AFileInTheFoldersPlaceIsSaid()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");
        RequireRefused("register the model in", () => new ModelRegistry(file).Register(RegistryWorker.Info("x"), RegistryWorker.WriteWeights));
        RequireRefused("register the model in", () => new ModelRegistry(Path.Combine(file, "models")).Register(RegistryWorker.Info("x"), RegistryWorker.WriteWeights));
        RequireRefused("create a run in", () => new RunStore(file).Create(new TrainingOptions(), RegistryWorker.Versions));
        Assert.Empty(new ModelRegistry(file).List());
    }

    /// <summary>In the child: the folder is a disk of 1 MiB.</summary>
    internal static void FillDisk(string folder)
    {
        var registry = new ModelRegistry(RegistryWorker.Models(folder));
        using var run = new RunStore(RegistryWorker.Runs(folder)).Create(new TrainingOptions(), RegistryWorker.Versions);
        run.Start();
        using var failing = new RunStore(RegistryWorker.Runs(folder)).Create(new TrainingOptions(), RegistryWorker.Versions);
        failing.Start();
        var active = Register();
        registry.Activate(active);
        var healthy = 1;
        RequireRefused("register the model in", () =>
        {
            for (; ; healthy++)
            {
                Register();
            }
        });
        Assert.InRange(healthy, 2, 10);
        RequireModels();

        var filler = Path.Combine(folder, "filler");
        Fill(filler);
        RequireRefused("activate", () => registry.Activate(registry.List().First(model => !model.IsActive).Id));
        RequireModels();
        for (var step = 1; step <= 2_000; step++)
        {
            run.AppendBatch(RegistryWorker.Point(step));
        }

        var metrics = new EpochMetrics(1, 0.5, 0.9, null, null, 1e-3, 1, true);
        failing.TryFail(Assert.ThrowsAny<IOException>(() => run.AppendEpoch(metrics)));
        Assert.Equal((RunStatus.Failed, "The disk is full."), (failing.Record.Status, failing.Record.Reason));
        Assert.Equal(RunStatus.Running, new RunStore(RegistryWorker.Runs(folder)).Get(failing.Id).Status);
        Assert.Empty(new RunStore(RegistryWorker.Runs(folder)).Get(run.Id).Epochs);

        // With room again, the run goes on as if nothing had been.
        File.Delete(filler);
        run.AppendEpoch(metrics);
        Assert.Equal(
            Enumerable.Range(1, 2_000).Select(RegistryWorker.Point), new RunStore(RegistryWorker.Runs(folder)).ReadCurve(run.Id));
        registry.Activate(registry.List().First(model => !model.IsActive).Id);

        string Register() => registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights).Id;

        void RequireModels()
        {
            Assert.Equal(healthy, registry.List().Count(model => model.Error is null));
            Assert.Equal(healthy + 2, Directory.GetFileSystemEntries(registry.Folder).Length);
            Assert.Equal(active, registry.GetActiveId());
            registry.OpenWeights(active).Dispose();
        }
    }

    /// <summary>In the child: the folder is read-only.</summary>
    internal static void ReadWithoutWriting(string folder)
    {
        var registry = new ModelRegistry(RegistryWorker.Models(folder));
        Assert.All(registry.List(), model => Assert.Null(model.Error));
        var other = registry.List().Single(model => !model.IsActive).Id;
        registry.OpenWeights(other).Dispose();
        Assert.NotNull(registry.GetActiveId());
        RequireRefused("register the model in", () => registry.Register(RegistryWorker.Info("x"), RegistryWorker.WriteWeights));
        RequireRefused($"activate {other} in", () => registry.Activate(other));
        RequireRefused($"delete {other} in", () => registry.Delete(other));

        var store = new RunStore(RegistryWorker.Runs(folder));
        var run = Assert.Single(store.List());
        Assert.Equal(RunStatus.Interrupted, run.Record!.Status);
        RequireRefused("create a run in", () => store.Create(new TrainingOptions(), RegistryWorker.Versions));
        Assert.ThrowsAny<IOException>(() => store.Open(run.Id, RegistryWorker.Versions));
    }

    private void Run(Func<string, string[]> mount, string work)
    {
        using var child = new ChildProcess(mount(_folder.File("")), [work, _folder.File("")]);
        var (exitCode, _, errors) = child.WaitForEnd();
        Assert.True(exitCode == 0, errors);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        void WriteOn()
        {
            while (true)
            {
                file.Write(new byte[1_024]);
            }
        }

        Assert.ThrowsAny<IOException>(WriteOn);
    }

    private static void RequireRefused(string what, Action change)
    {
        var error = Assert.Throws<IOException>(change);
        Assert.StartsWith($"Could not {what}", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", error.Message, StringComparison.Ordinal);
    }
}
