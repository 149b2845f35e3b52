using System.CommandLine;
using DigitService.Recognition.Data;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>train</c>: trains a network on MNIST or another dataset, with its progress live, and registers the model.</summary>
internal static class TrainCommand
{
    private const int MostSkippedTold = 10;

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "train",
            "Train a network on MNIST, or on any digits that --data names. What is not given comes from a recipe; the test images are read once, at the end.")
        {
            FoldersUsed = [Folders.Models, Folders.Runs, Folders.Data, Folders.Feedback],
            Appendix = ("Recipes", [.. RecipeCatalog.All.Select(recipe => (recipe.Name, TextOf(recipe)))]),
            Examples =
            [
                ("train", "The network cnn with its own recipe."),
                ("train --recipe fast", "99% of the test images in the fewest seconds."),
                ("train --network mlp --optimizer momentum --learning-rate 0.1 --epochs 10", "A first network, trained as in the textbooks."),
                ("train --base active --feedback", "The model that answers learns from what people have corrected."),
                ("train --data scans", "Pictures in the folders 0 to 9 of data/scans/, or of a folder anywhere."),
                ("train --network cnn --train-size 1000 --augmentation elastic", "How far a thousand images go, if they tremble a little."),
            ],
        };
        var arguments = new TrainingArguments(command);
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Run(parsed, arguments, console, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>Takes a run to its end, or to where it is cancelled, and shows how it fares.</summary>
    internal static int Follow(
        RunHandle run, Dataset data, Folders folders, IAnsiConsole console, CancellationToken cancellation)
    {
        var models = folders.OpenModels();
        var display = new TrainingDisplay(console, run.Record, folders);
        TrainingOutcome? outcome = null;
        Trainer? trainer = null;
        var session = new TrainingSession(models, data.Images)
        {
            EvaluatedOn = data.EvaluatedOn,
            OnStart = started =>
            {
                trainer = started;
                display.ShowStart(started);
            },
            OnBatch = display.Show,
            OnEpoch = display.Show,
        };
        try
        {
            display.Follow(() => outcome = session.Run(run, cancellation));
        }
        catch (OperationCanceledException)
        {
            display.ShowStopped(trainer!);
            return ExitCode.Cancelled;
        }

        display.ShowEnd(outcome!, models.GetActiveId() == outcome!.Model.Id);
        return ExitCode.Done;
    }

    /// <summary>Reads what is learned from, and tells which pictures of it cannot be.</summary>
    internal static Dataset Read(IAnsiConsole console, Folders folders, TrainingOptions options)
    {
        var data = console.While("Reading the images", () => folders.ReadDataset(options.Data, options.Network));
        foreach (var (name, reason) in data.Skipped.Take(MostSkippedTold))
        {
            console.MarkupLineInterpolated($"[yellow]left out[/]  {name}: {reason}");
        }

        if (data.Skipped.Count > MostSkippedTold)
        {
            console.WriteLine($"{Figures.Count(data.Skipped.Count, "picture is", "pictures are")} left out in all.");
        }

        return data;
    }

    private static int Run(
        ParseResult parsed, TrainingArguments arguments, IAnsiConsole console, CancellationToken cancellation)
    {
        var folders = new Folders(parsed);
        var models = folders.OpenModels();
        var model = arguments.Base(parsed, models);
        var options = arguments.Resolve(parsed, model);
        var data = Read(console, folders, options);
        options = arguments.Fit(options, data, parsed);

        // What does not fit these images is refused before a run is made of it.
        _ = options.Split(data.Images.Train);
        var inputs = TrainingInputs.Of(options, models, folders.OpenFeedback());
        var name = arguments.Name(parsed) ?? (model is null ? null : FineTuningRecipe.NameOf(model, options));
        using var run = folders.OpenRuns().Create(options, name: name, inputs: inputs);
        return Follow(run, data, folders, console, cancellation);
    }

    private static string TextOf(Recipe recipe)
    {
        var regularization = OptionsText.Regularization(recipe.Options) is { } line ? $"; {line}" : "";
        return $"{recipe.Description} ({OptionsText.Learning(recipe.Options)}{regularization})";
    }
}
