using System.CommandLine;
using DigitService.Recognition.Models;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>calibrate</c>: gives a model the temperature with which its confidence means what it says.</summary>
internal static class CalibrateCommand
{
    private static readonly Argument<string> _model = new("MODEL") { Description = $"{Reference.Help} 'active' is the one that answers." };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "calibrate",
            "Make a model's confidence mean what it says: fit its temperature to the images that were held out when it was trained. "
            + "'train' does so at its end; this is for models that were trained before it did.")
        {
            FoldersUsed = [Folders.Models, Folders.Data],
            Examples = [("calibrate latest", "The newest model. No answer changes, only how sure it is.")],
        };
        command.Add(_model);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var folders = new Folders(parsed);
        var models = folders.OpenModels();
        var id = ActivateCommand.Resolve(models, parsed.GetValue(_model));
        var info = models.Get(id);
        var data = console.While("Reading the images", () => folders.ReadDataset(info.Options?.Data, info.Network).Images);
        var (model, before, after) = console.While(
            "Reading the images held out, and the test images",
            () => ModelCalibration.Run(models, id, data, Environment.ProcessorCount));
        console.MarkupLine(Figures.Text($"The temperature of [bold]{id}[/] is {model.Temperature:0.####}."));
        var table = Listing.New("On the test images", ">Calibration error", ">Loss");
        table.AddRow("as the network answers", Figures.Percent(before.ExpectedCalibrationError), Figures.Loss(before.Loss));
        table.AddRow("with the temperature", Figures.Percent(after.ExpectedCalibrationError), Figures.Loss(after.Loss));
        console.Write(table);
        return ExitCode.Done;
    }
}
