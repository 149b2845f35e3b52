using System.CommandLine;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>import</c>: takes weights that PyTorch saved into the registry.</summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> _file = new("FILE.pth")
    {
        Description = "A state dictionary, or a checkpoint with a model_state_dict, as torch.save writes them. No code in it is run.",
    };

    private static readonly Option<string> _network = new("--network")
    {
        HelpName = "NAME",
        Description = $"The network whose weights they are (required): {string.Join(", ", NetworkCatalog.Names)}.",
        Required = true,
    };

    private static readonly Option<string?> _name = new("--name") { HelpName = "TEXT", Description = "What you call the model." };

    private static readonly Option<Normalization?> _normalization = Choice.Of<Normalization>(
        "--normalization", "What pixels were turned into when it was trained. [default: mnist]");

    private static readonly Option<double?> _temperature = new("--temperature")
    {
        HelpName = "NUMBER",
        Description = "What its logits are divided by for calibrated probabilities, 0.01 to 100. [default: 1]",
    };

    private static readonly Option<bool> _activate = new("--activate") { Description = "Make it the model that answers." };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "import",
            "Take in weights that PyTorch saved: they are checked, the test images are read with them, and they become a model.")
        {
            FoldersUsed = [Folders.Models, Folders.Data],
            Examples =
            [
                ("import mnist_cnn.pth --network cnn", "A network that was trained in Python."),
                ("import weights.pth --network mlp --normalization unit --activate", "One that reads pixels from 0 to 1, to answer from now on."),
            ],
        };
        command.Add(_file);
        command.Add("The weights", _network, _normalization, _temperature);
        command.Add("The model", _name, _activate);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var folders = new Folders(parsed);
        var models = folders.OpenModels();
        var import = new ModelImport(
            parsed.GetValue(_network)!,
            parsed.GetValue(_normalization) ?? Normalization.Mnist,
            parsed.GetValue(_name),
            Temperature: parsed.GetValue(_temperature) ?? 1);
        var weights = Checkpoint.Read(parsed.GetValue(_file)!.FullName);
        var model = console.While(
            "Reading the test images with it",
            () => import.Run(weights, models, folders.ReadData().Test, Environment.ProcessorCount));
        if (parsed.GetValue(_activate))
        {
            models.Activate(model.Id);
        }

        var (accuracy, loss) = (Figures.Percent(model.Accuracy), Figures.Loss(model.Loss));
        console.MarkupLine($"The model is [bold]{model.Id}[/]; it reads {accuracy} of the test images, loss {loss}.");
        if (model.Accuracy < 0.5)
        {
            console.MarkupLine("[yellow]That is little: it may have been trained with another --normalization, or on inverted pictures.[/]");
        }

        return ExitCode.Done;
    }
}
