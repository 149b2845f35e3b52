using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// Epochs of the network <c>cnn</c>, batch 128, beside the same network in PyTorch for Python: same machine, same run, an
/// epoch each in turns.
/// </summary>
internal sealed class EpochBenchmark : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly MnistDataset _data;
    private readonly PyTorchTraining[] _peers;
    private readonly List<Epoch> _ours = [];
    private readonly List<Epoch>[] _theirs;

    private EpochBenchmark(string mnist, int epochs)
    {
        _options = new() { Epochs = epochs, Seed = 0, ValidationSize = 0 };
        _data = MnistDataset.Read(mnist);

        // Which of these is the fastest depends on the machine: threads inside an operator do little for tensors this small.
        _peers =
        [
            new("PyTorch, as it comes", mnist, "cnn", threads: 0, seed: 0),
            new("PyTorch, one thread", mnist, "cnn", threads: 1, seed: 0),
        ];
        _theirs = Array.ConvertAll(_peers, _ => new List<Epoch>());
    }

    internal static BenchmarkSection Measure(string mnist, int epochs)
    {
        using var benchmark = new EpochBenchmark(mnist, epochs);
        benchmark.Train();
        return benchmark.Summarise();
    }

    public void Dispose() => Array.ForEach(_peers, peer => peer.Dispose());

    private void Train()
    {
        Trainer? running = null;
        using var trainer = new Trainer(_options, _data.Train) { OnEpoch = metrics => AfterOurEpoch(metrics, running!) };
        running = trainer;
        trainer.Run();
    }

    private void AfterOurEpoch(EpochMetrics metrics, Trainer trainer)
    {
        Record(_ours, "DigitService", new Epoch(metrics.Seconds, Evaluator.Evaluate(trainer.Network, _data.Test).Accuracy));
        for (var i = 0; i < _peers.Length; i++)
        {
            Record(_theirs[i], _peers[i].Name, _peers[i].TrainEpoch());
        }
    }

    private static void Record(List<Epoch> epochs, string name, Epoch epoch)
    {
        epochs.Add(epoch);
        Progress.Say(string.Create(
            CultureInfo.InvariantCulture, $"epoch {epochs.Count} of cnn, {name}: {epoch.Seconds:F2} s, {epoch.Percent}% of the test images"));
    }

    private BenchmarkSection Summarise() => new(
        "An epoch of training",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The network `cnn` (1,007,590 parameters), 60,000 images, batch 128, Adam, an epoch each in turns, the test images not counted. DigitService shares a batch among {_options.Replicas} replicas with a thread each. PyTorch as it comes sets its threads itself; with one thread it was told `torch.set_num_threads(1)`. After {_options.Epochs} epochs DigitService reads {_ours[^1].Percent}% of the test images, PyTorch {string.Join(" and ", _theirs.Select(epochs => epochs[^1].Percent))}%."),
        [
            .. _peers.Select((peer, i) => new Comparison(
                "an epoch of `cnn`", "s", [.. _ours.Select(epoch => epoch.Seconds)], peer.Name, [.. _theirs[i].Select(epoch => epoch.Seconds)])),
        ]);
}
