using System.Diagnostics;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// A temporary folder with what the benchmarks of predictions use: pictures of a digit, and for each of three networks a
/// registry with one model, trained for an epoch or, if it ships with the program, taken from there.
/// </summary>
internal sealed class BenchmarkFolder : IDisposable
{
    /// <summary>28×28 in gray, and 280×280 in gray and in the colours and transparency of a page's canvas.</summary>
    internal static readonly string[] Pictures = ["gray-28.png", "gray-280.png", "rgba-280.png"];

    internal static readonly string[] Networks = ["cnn", "convnet", "vgg"];

    /// <summary>The light one, and that of the model that ships.</summary>
    internal static readonly string[] Compared = ["cnn", "vgg"];

    private readonly string _folder = Directory.CreateTempSubdirectory("digitservice-bench-").FullName;
    private readonly string _mnist;

    internal BenchmarkFolder(string mnist)
        : this(mnist, Networks)
    {
    }

    internal BenchmarkFolder(string mnist, IEnumerable<string> networks)
    {
        _mnist = mnist;
        Leftovers.Add(this, Delete);
        using var python = Process.Start(Python, [PeerScript("pictures.py"), mnist, _folder]);
        python.WaitForExit();
        if (python.ExitCode != 0)
        {
            throw new InvalidOperationException("The pictures were not made. That needs Pillow: apt-get install python3-pil");
        }

        var data = MnistDataset.Read(mnist);
        foreach (var network in networks)
        {
            var registry = new ModelRegistry(RegistryOf(network));
            var weights = Checkpoint.Read(Shipped(network) ?? Train(network, data));
            registry.Activate(new ModelImport(network).Run(weights, registry, data.Test).Id);
        }
    }

    internal static string Python => Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";

    internal static string PeerScript(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    /// <summary>The folder that the pictures lie in.</summary>
    internal string PictureFolder => _folder;

    internal string PathOf(string picture) => Path.Combine(_folder, picture);

    /// <summary>The folder of the registry whose active model is of this network.</summary>
    internal string RegistryOf(string network) => Path.Combine(_folder, network);

    /// <summary>The state dictionary of this network's model.</summary>
    internal string WeightsOf(string network)
    {
        var registry = RegistryOf(network);
        return Path.Combine(registry, new ModelRegistry(registry).GetActiveId()!, "model.pth");
    }

    /// <summary>DigitService with this network's model, and with runs and corrected pictures of its own.</summary>
    internal HttpServer StartService(string network, params string[] arguments) => HttpServer.StartService(
        RegistryOf(network), ["--Training:Folder", PathOf("runs"), "--Feedback:Folder", PathOf("feedback"), .. arguments]);

    public void Dispose()
    {
        Leftovers.Forget(this);
        Delete();
    }

    private void Delete() => Directory.Delete(_folder, recursive: true);

    private string? Shipped(string network)
    {
        var registry = new ModelRegistry(Path.Combine(_mnist, "..", "..", "models"));
        var model = registry.List().LastOrDefault(entry => entry.Info?.Network == network);
        return model is null ? null : Path.Combine(registry.Folder, model.Id, "model.pth");
    }

    private string Train(string network, MnistDataset data)
    {
        var options = RecipeCatalog.Require(network).Options with { Epochs = 1, ValidationSize = 0 };
        using var trainer = new Trainer(options, data.Train);
        trainer.Run();
        var weights = Path.Combine(_folder, $"{network}.pth");
        Checkpoint.OfWeights(trainer.Network).Write(weights);
        return weights;
    }
}
