// One epoch of the network `cnn`, batch 128, beside the same network in PyTorch for Python: same machine, same run,
// one after the other, five epochs each, medians.
using System.Globalization;
using DigitService.Bench;
using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp;

const int Epochs = 5;
var options = new TrainingOptions { Epochs = Epochs, BatchSize = 128, Seed = 0 };
var folder = MnistDataset.FindFolder();
var data = MnistDataset.Read(folder);

// Which of these is the fastest depends on the machine: threads inside an operator do little for tensors this small.
PyTorchPeer[] peers =
[
    new("PyTorch, as it comes", folder, options.BatchSize, threads: 0),
    new("PyTorch, one thread", folder, options.BatchSize, threads: 1),
    new("PyTorch, one core", folder, options.BatchSize, threads: 1, oneCore: true),
];

var results = new Dictionary<string, List<Epoch>> { ["DigitService"] = [] };
foreach (var peer in peers)
{
    results[peer.Name] = [];
}

Console.WriteLine($"libtorch {torch.__version__}, PyTorch {peers[0].Version}, {Environment.ProcessorCount} cores");
Console.WriteLine("seconds of an epoch (60,000 images), test accuracy after it");
using (var trainer = new Trainer(options, data) { OnEpoch = AfterOurEpoch })
{
    trainer.Run();
}

Array.ForEach(peers, peer => peer.Dispose());

var ours = Median(results["DigitService"]);
Console.WriteLine();
foreach (var (name, epochs) in results)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-22} median {Median(epochs),5:F2} s  (from {epochs.Min(epoch => epoch.Seconds):F2} to {epochs.Max(epoch => epoch.Seconds):F2})  accuracy {epochs[^1].Accuracy:P2}  DigitService takes {ours / Median(epochs):F2} of its time"));
}

void AfterOurEpoch(EpochResult result)
{
    Record(result.Epoch, "DigitService", new Epoch(result.Duration.TotalSeconds, result.TestAccuracy));
    foreach (var peer in peers)
    {
        Record(result.Epoch, peer.Name, peer.TrainEpoch());
    }
}

void Record(int number, string name, Epoch epoch)
{
    results[name].Add(epoch);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"epoch {number}  {name,-22} {epoch.Seconds,6:F2} s  {epoch.Accuracy:P2}"));
}

static double Median(IEnumerable<Epoch> epochs)
{
    var sorted = epochs.Select(epoch => epoch.Seconds).Order().ToArray();
    return sorted[sorted.Length / 2];
}
