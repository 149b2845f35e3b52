using System.CommandLine;
using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>evaluate</c>: reads the test images with a model, and tells everything that is measured of its answers.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string?> _model = new("MODEL")
    {
        Description = $"{Reference.Help} [default: the active model]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<FileInfo?> _checkpoint = new("--checkpoint")
    {
        HelpName = "FILE",
        Description = "Evaluate the weights of a .pth file instead, as PyTorch or a run here wrote it. Needs --network.",
    };

    private static readonly Option<string?> _network = new("--network")
    {
        HelpName = "NAME",
        Description = $"The network of the checkpoint's weights: {string.Join(", ", NetworkCatalog.Names)}.",
    };

    private static readonly Option<Normalization?> _normalization = Choice.Of<Normalization>(
        "--normalization", "What pixels were turned into for the checkpoint. [default: mnist]");

    private static readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };

    private static readonly Option<FileInfo?> _html = new("--html")
    {
        HelpName = "FILE",
        Description = "Write the report as a page too, with the training curves and every misread digit.",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "evaluate",
            "Read MNIST's 10,000 test images with a model: accuracy, precision, recall and F1 digit by digit, confusions, calibration.")
        {
            FoldersUsed = [Folders.Models, Folders.Runs, Folders.Data],
            Examples =
            [
                ("evaluate", "The active model."),
                ("evaluate latest --html report.html", "The newest model, as a page to pass on."),
                ("evaluate --checkpoint mnist_cnn.pth --network cnn", "Weights that PyTorch saved."),
            ],
        };
        command.Add(_model);
        command.Add("Weights from elsewhere", _checkpoint, _network, _normalization);
        command.Add("Output", _json, _html);
        command.Validators.Add(result =>
        {
            var (model, checkpoint) = (result.GetValue(_model), result.GetValue(_checkpoint));
            var network = result.GetValue(_network);
            if (checkpoint is not null && model is not null)
            {
                result.AddError($"'{model}' and --checkpoint are two things to evaluate; one at a time is accepted.");
            }
            else if (checkpoint is null != network is null)
            {
                result.AddError("--checkpoint and --network go together: a file does not say whose weights it holds.");
            }
        });
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var folders = new Folders(parsed);
        var subject = parsed.GetValue(_checkpoint) is { } file
            ? OfCheckpoint(file.FullName, parsed)
            : OfModel(folders.OpenModels(), parsed.GetValue(_model));
        using var network = subject.Network;
        var data = console.While("Reading MNIST", folders.ReadData).Test;
        var probabilities = console.While(
            $"Reading {Figures.Count(data.Count, "image", "images")}",
            () => Evaluator.Probabilities(network, data, subject.Normalization, Environment.ProcessorCount, subject.Temperature));
        var report = EvaluationReport.Of(probabilities, data) with
        {
            Temperature = subject.Temperature,
            TrainingAccuracy = subject.TrainingAccuracy,
            ValidationAccuracy = subject.Info?.ValidationAccuracy,
        };
        if (parsed.GetValue(_html) is { } page)
        {
            var html = Page(report, data, subject, folders);
            AtomicFile.Write(page.FullName, target => target.Write(Encoding.UTF8.GetBytes(html)));
        }

        if (parsed.GetValue(_json))
        {
            Console.Out.WriteLine(report.ToJson());
            return ExitCode.Done;
        }

        console.MarkupLineInterpolated($"[bold]{subject.Title}[/] on {Figures.Count(data.Count, "test image", "test images")}");
        console.WriteLine();
        EvaluationView.Show(console, report);
        if (parsed.GetValue(_html) is { } written)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"The page is {written.FullName}");
        }

        return ExitCode.Done;
    }

    private static Subject OfCheckpoint(string path, ParseResult parsed)
    {
        var network = LoadedModel.LoadNetwork(parsed.GetValue(_network)!, Checkpoint.Read(path));
        return new Subject(Path.GetFileName(path), network, parsed.GetValue(_normalization) ?? Normalization.Mnist, null, null);
    }

    private static Subject OfModel(ModelRegistry models, string? text)
    {
        var model = models.Load(ActivateCommand.Resolve(models, text));
        return new Subject(
            model.Info.Id, model.Network, model.Info.Normalization, model.Info, StoredReport.TrainingAccuracy(models, model.Info.Id));
    }

    private static string Page(EvaluationReport report, DigitImages images, Subject subject, Folders folders)
    {
        var (epochs, curve) = subject.Info?.RunId is { } runId ? ReadRun(folders.OpenRuns(), runId) : ([], []);
        var facts = subject.Info?.Options is { } options ? OptionsText.All(options) : [];
        return EvaluationPage.Render(report, images, $"Evaluation of {subject.Title}", epochs, curve, facts);
    }

    // A model outlives its run: without that the page has no curves, and is a page all the same.
    private static (IReadOnlyList<EpochMetrics> Epochs, IReadOnlyList<LossPoint> Curve) ReadRun(RunStore runs, string id)
    {
        try
        {
            return (runs.Get(id).Epochs, runs.ReadCurve(id));
        }
        catch (Exception error) when (error is EntryNotFoundException or DamagedEntryException)
        {
            return ([], []);
        }
    }

    private sealed record Subject(
        string Title,
        TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> Network,
        Normalization Normalization,
        ModelInfo? Info,
        double? TrainingAccuracy)
    {
        internal double Temperature => Info?.Temperature ?? 1;
    }
}
