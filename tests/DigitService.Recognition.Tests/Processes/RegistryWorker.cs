using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Processes;

/// <summary>What child processes do with a registry and a run store. None of it loads libtorch, which would take a second.</summary>
internal static class RegistryWorker
{
    internal const string Ready = "ready";
    internal const string FirstRoundDone = "first round done";
    internal const int BatchesPerEpoch = 20;

    internal static LibraryVersions Versions { get; } = new("test", "test", "test", "test");

    internal static ModelInfo Info(string name) => new()
    {
        Name = name,
        Network = "cnn",
        Normalization = Normalization.Mnist,
        Parameters = 1_000,
        Accuracy = 0.99,
        Versions = Versions,
    };

    internal static string Models(string folder) => Path.Combine(folder, "models");

    internal static string Runs(string folder) => Path.Combine(folder, "runs");

    /// <summary>A point of the curve that every run of these processes has, however often it is killed.</summary>
    internal static LossPoint Point(int step) => new(step, Math.Sqrt(step) / 3, 1.0 / (step + 1));

    internal static void WriteWeights(Stream stream) =>
        PthFile.Write(stream, new PthDictionary(ordered: true) { ["weight"] = PthTensor.FromArray(new float[50_000], 50_000) });

    /// <summary>Trains, saves, registers, activates and deletes as fast as it can, from where the last process was killed.</summary>
    internal static void WorkForever(string folder)
    {
        var registry = new ModelRegistry(Models(folder));
        var store = new RunStore(Runs(folder));
        using var run = store.List() is [var entry] ? store.Open(entry.Id, Versions) : store.Create(new TrainingOptions(), Versions);
        var (epochs, step) = run.HasCheckpoint ? ReadCheckpoint(run.CheckpointPath) : (0, 0);
        run.Start(epochs, step);
        Console.WriteLine(Ready);
        for (var round = 1; ; round++)
        {
            for (var batch = 0; batch < BatchesPerEpoch; batch++)
            {
                run.AppendBatch(Point(++step));
            }

            run.AppendEpoch(new EpochMetrics(++epochs, 1.0 / epochs, 0.9, null, null, 1e-3, 1, true));
            run.SaveCheckpoint(path => WriteCheckpoint(path, epochs, step));
            var model = registry.Register(Info($"epoch {epochs}"), WriteWeights, "{}"u8.ToArray());
            registry.Activate(model.Id);
            foreach (var old in registry.List().Skip(2))
            {
                registry.Delete(old.Id);
            }

            if (round == 1)
            {
                Console.WriteLine(FirstRoundDone);
            }
        }
    }

    internal static (int Epochs, int Step) ReadCheckpoint(string path)
    {
        var content = Assert.IsType<PthDictionary>(PthFile.Read(path));
        return ((int)(long)content["epochs"]!, (int)(long)content["step"]!);
    }

    internal static void Register(string folder, string name, int count)
    {
        var registry = new ModelRegistry(folder);
        for (var i = 0; i < count; i++)
        {
            try
            {
                registry.Activate(registry.Register(Info($"{name} {i}"), WriteWeights).Id);
            }
            catch (IOException error)
            {
                Console.WriteLine(error.Message);
            }
        }
    }

    /// <summary>Is in the middle of registering a model until it is killed.</summary>
    internal static void HoldRegistry(string folder) => new ModelRegistry(folder).Register(Info("held"), stream =>
    {
        stream.Write(new byte[1_000]);
        stream.Flush();
        Console.WriteLine(Ready);
        Thread.Sleep(Timeout.Infinite);
    });

    /// <summary>Trains a run until it is killed.</summary>
    internal static void HoldRun(string folder, string id)
    {
        using var run = new RunStore(folder).Open(id, Versions);
        run.Start();
        Console.WriteLine(Ready);
        Thread.Sleep(Timeout.Infinite);
    }

    private static void WriteCheckpoint(string path, int epochs, int step) => PthFile.Write(path, new PthDictionary
    {
        ["epochs"] = (long)epochs,
        ["step"] = (long)step,
        ["weights"] = PthTensor.FromArray(new float[50_000], 50_000),
    });
}
