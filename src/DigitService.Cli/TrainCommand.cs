using System.CommandLine;
using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary><c>train</c>: trains a network on MNIST, with its progress live, and writes a checkpoint.</summary>
internal static class TrainCommand
{
    private static readonly TrainingOptions _defaults = new();

    private static readonly Option<string> _network = new("--network")
    {
        Description = $"The network: {string.Join(", ", NetworkCatalog.Names)}.",
        DefaultValueFactory = _ => _defaults.Network,
    };

    private static readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the 60,000 training images.",
        DefaultValueFactory = _ => _defaults.Epochs,
    };

    private static readonly Option<int> _batchSize = new("--batch-size")
    {
        Description = "Images per step of the optimiser.",
        DefaultValueFactory = _ => _defaults.BatchSize,
    };

    private static readonly Option<double> _learningRate = new("--learning-rate")
    {
        Description = "The step size of Adam.",
        DefaultValueFactory = _ => _defaults.LearningRate,
    };

    private static readonly Option<long> _seed = new("--seed")
    {
        Description = "Decides first weights and order: the same seed ends with the same weights, bit for bit.",
        DefaultValueFactory = _ => _defaults.Seed,
    };

    private static readonly Option<int> _replicas = new("--replicas")
    {
        Description = "Copies of the network, one thread each, that share every batch.",
        DefaultValueFactory = _ => _defaults.Replicas,
    };

    private static readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "The folder of MNIST's four files. [default: data/mnist]",
    };

    private static readonly Option<FileInfo?> _output = new("--output")
    {
        Description = "The checkpoint to write, for PyTorch and for here. [default: data/runs/<time>-<network>/checkpoint.pth]",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new Command("train", "Train a network on MNIST and write a checkpoint after every epoch.")
        {
            _network, _epochs, _batchSize, _learningRate, _seed, _replicas, _data, _output,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, console, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console, CancellationToken cancellation)
    {
        var options = new TrainingOptions
        {
            Network = parsed.GetValue(_network)!,
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batchSize),
            LearningRate = parsed.GetValue(_learningRate),
            Seed = parsed.GetValue(_seed),
            Replicas = parsed.GetValue(_replicas),
        };
        options.Validate();
        var folder = parsed.GetValue(_data)?.FullName ?? MnistDataset.FindFolder();
        var output = parsed.GetValue(_output)?.FullName ?? DefaultOutput(options.Network);
        var display = new TrainingDisplay(console, options);
        var data = display.While("Reading MNIST", () => MnistDataset.Read(folder));
        using var trainer = new Trainer(options, data)
        {
            OnBatch = display.Show,
            OnEpoch = display.Show,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        display.ShowStart(trainer.Network);
        try
        {
            display.Follow(() => trainer.Run(() => trainer.CreateCheckpoint().Write(output), cancellation));
        }
        catch (OperationCanceledException)
        {
            trainer.CreateCheckpoint().Write(output);
            display.ShowStopped(trainer.EpochsDone, trainer.BatchesDone, output);
            return ExitCode.Cancelled;
        }

        display.ShowEnd(output);
        return ExitCode.Done;
    }

    private static string DefaultOutput(string network)
    {
        var time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.GetFullPath(Path.Combine("data", "runs", $"{time}-{network}", "checkpoint.pth"));
    }
}
