using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DigitService.Cli;

/// <summary>What a person sees of a training run: a bar that moves with every batch, and a row of figures per epoch.</summary>
internal sealed class TrainingDisplay(IAnsiConsole console, RunRecord run, Folders folders)
{
    private const int WideTerminal = 100;

    private static readonly string _header =
        "Epoch  Train loss  accuracy  Validation loss  accuracy      Rate  Seconds";

    private ProgressTask? _bar;
    private BatchProgress? _latest;

    internal void ShowStart(Trainer trainer)
    {
        var options = run.Options;
        var parameters = trainer.Network.parameters().Sum(parameter => parameter.numel());
        var grid = NewGrid();
        grid.AddRow("[grey]Network[/]", Figures.Text($"[bold]{options.Network}[/], {parameters:N0} parameters"));
        if (options.Base is { } model)
        {
            grid.AddRow("[grey]Base[/]", model);
        }

        if (run.Feedback is { } feedback)
        {
            grid.AddRow("[grey]Corrected[/]", Figures.Text(
                $"{feedback.Learned:N0} to learn from, repeated; {feedback.HeldOut:N0} held out, {feedback.LeftOut:N0} left out"));
        }

        grid.AddRow(
            "[grey]Images[/]",
            Figures.Text($"{trainer.TrainSize:N0} to learn from, {options.ValidationSize:N0} held out; ")
                + $"normalization {Choice.WordOf(options.Normalization)}");
        grid.AddRow("[grey]Learning[/]", OptionsText.Learning(options));
        if (OptionsText.Regularization(options) is { } regularization)
        {
            grid.AddRow("[grey]Against overfitting[/]", regularization);
        }

        grid.AddRow("[grey]Seed[/]", $"{options.Seed}, shared by {Figures.Count(options.Replicas, "replica", "replicas")}");
        grid.AddRow("[grey]Run[/]", run.Id);
        console.Write(grid);
        console.WriteLine();
        console.MarkupLine($"[grey]{_header}[/]");
        foreach (var epoch in trainer.Epochs)
        {
            Show(epoch);
        }
    }

    /// <summary>Shows the bar while <paramref name="training"/> runs.</summary>
    internal void Follow(Action training)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            training();
            return;
        }

        console.Progress()
            .AutoClear(true)
            .Columns(
                new TextColumn(() => _latest is { } now ? $"Epoch {now.Epoch}/{now.Epochs}" : "Starting"),
                new ProgressBarColumn { Width = console.Profile.Width < WideTerminal ? 12 : 30 },
                new TextColumn(() => _latest is null ? "" : Figures.Text($"{_bar!.Value:P0}").PadLeft(4)),
                new TextColumn(() => _latest is { } now ? Figures.Text($"loss {now.Loss:F4}") : ""),
                new TextColumn(() => _latest is { } now ? Figures.Text($"{now.ImagesPerSecond:N0} images/s") : ""),
                new TextColumn(() => _latest is { } now ? $"rate {Figures.Rate(now.LearningRate)}" : ""),
                new TextColumn(() => _latest is { } now ? $"{Figures.Clock(now.TimeLeft)} left" : ""))
            .Start(context =>
            {
                _bar = context.AddTask("training", maxValue: 1);
                training();
            });
    }

    internal void Show(BatchProgress progress)
    {
        _latest = progress;
        if (_bar is not null)
        {
            _bar.Value = (progress.Epoch - 1 + ((double)progress.Batch / progress.Batches)) / progress.Epochs;
        }
    }

    internal void Show(EpochMetrics epoch) => console.MarkupLine(string.Join(
        "  ",
        $"{epoch.Epoch,5}",
        $"{Figures.Loss(epoch.TrainLoss),10}",
        $"{Figures.Percent(epoch.TrainAccuracy),8}",
        $"{Figures.Loss(epoch.ValidationLoss),15}",
        $"{Figures.Percent(epoch.ValidationAccuracy),8}",
        $"{Figures.Rate(epoch.LearningRate),8}",
        Figures.Text($"{epoch.Seconds,7:F1}")) + (epoch is { IsBest: true, ValidationAccuracy: not null } ? "  [green]best[/]" : ""));

    internal void ShowEnd(TrainingOutcome outcome, bool isActive)
    {
        var (model, report) = outcome;
        var grid = NewGrid();
        grid.AddRow("[grey]Test[/]", Figures.Text($"[bold]{report.Accuracy:P2}[/] of {report.Count:N0} images, loss {report.Loss:F4}"));
        grid.AddRow("[grey]Training[/]", Figures.Percent(report.TrainingAccuracy));
        if (report is { ValidationAccuracy: { } validation, Gap: { } gap })
        {
            var side = gap < 0 ? "above" : "below";
            grid.AddRow("[grey]Validation[/]", Figures.Text($"{validation:P2}, {Math.Abs(100 * gap):0.00} points {side} training"));
        }

        var reason = report.ValidationAccuracy is null ? "the last" : "the best on the images held out";
        grid.AddRow(
            "[grey]Weights[/]",
            run.Options.Schedule == ScheduleKind.Cycles ? "the mean of what the cycles ended with" : $"of epoch {model.Epochs}, {reason}");
        grid.AddRow("[grey]Model[/]", $"[bold]{model.Id}[/]{(isActive ? ", which is the active one" : "")}");
        console.WriteLine();
        console.Write(grid);
        ShowNext(
            ($"evaluate {model.Id}", "digit by digit, with the confusion matrix"),
            isActive ? ("predict FILE", "reads a picture") : ($"activate {model.Id}", "makes it the one that answers"),
            ($"compare {run.Id} RUN", "side by side with another run"));
    }

    internal void ShowStopped(Trainer trainer)
    {
        console.WriteLine();
        var epochs = Figures.Count(trainer.Epochs.Count, "epoch", "epochs");
        var batches = Figures.Count(trainer.BatchesDone, "batch", "batches");
        console.MarkupLine($"[yellow]Stopped[/] after {epochs} and {batches}. The checkpoint is kept.");
        ShowNext(($"resume {run.Id}", "goes on from there"));
    }

    private void ShowNext(params (string Arguments, string What)[] commands)
    {
        console.WriteLine();
        var width = commands.Max(command => command.Arguments.Length);
        foreach (var (arguments, what) in commands)
        {
            console.MarkupLineInterpolated(
                $"[aqua]{Terminal.Program} {arguments}{folders.Repeated}[/]{new string(' ', width - arguments.Length)}  [grey]{what}[/]");
        }
    }

    private static Grid NewGrid() => new Grid()
        .AddColumn(new GridColumn().NoWrap().PadRight(3))
        .AddColumn(new GridColumn().PadRight(0));

    private sealed class TextColumn(Func<string> text) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text());
    }
}
