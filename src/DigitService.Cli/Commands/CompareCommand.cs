using System.CommandLine;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>compare</c>: runs side by side, or a model beside another.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string[]> _entries = new("RUN")
    {
        Description = $"Two runs or more; or one model. {Reference.Help}",
        Arity = new ArgumentArity(1, ComparisonView.MaximumRuns),
    };

    private static readonly Option<string?> _with = new("--with")
    {
        HelpName = "MODEL",
        Description = "What one model is compared with. [default: the one that it was fine-tuned from, else the active one]",
    };

    private static readonly Option<bool> _json = new("--json")
    {
        Description = "Print the runs and the options in which they differ, or all that is known of the models, as JSON.",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "compare",
            "Show runs side by side: the options in which they differ, every epoch, results, and their loss curves. "
            + "Or a model beside the one that it comes from: what it reads right now, what it has forgotten, and which should answer.")
        {
            FoldersUsed = [Folders.Models, Folders.Runs, Folders.Feedback],
            Examples =
            [
                ("compare 20261121-0815 latest", "An earlier run, and the newest."),
                ("compare 20261121-0815 20261121-0820 20261121-0825", "Three runs with as much of their ids as tells them apart."),
                ("compare latest", "The newest model, beside the one that it was fine-tuned from."),
                ("compare latest --with active", "The newest model beside the one that answers."),
            ],
        };
        command.Add(_entries);
        command.Add("A model", _with);
        command.Add("Output", _json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_entries) is { Length: > 1 } && result.GetValue(_with) is not null)
            {
                result.AddError("--with is for one model; several names are those of runs.");
            }
        });
        command.SetAction(parsed => parsed.GetValue(_entries) is [var model] ? CompareModels(parsed, model, console) : CompareRuns(parsed, console));
        return command;
    }

    private static int CompareRuns(ParseResult parsed, IAnsiConsole console)
    {
        var store = new Folders(parsed).OpenRuns();
        string[] ids = [.. store.List().Select(entry => entry.Id)];
        RunRecord[] runs = [.. parsed.GetValue(_entries)!.Select(text => store.Get(Reference.Resolve(text, "run", ids)))];
        if (runs.Select(run => run.Id).Distinct().Count() < runs.Length)
        {
            throw new ArgumentException($"The run {runs.GroupBy(run => run.Id).First(group => group.Count() > 1).Key} is named twice.");
        }

        var differences = ComparisonView.Differences(runs);
        if (parsed.GetValue(_json))
        {
            Terminal.WriteJson(new
            {
                Runs = runs,
                Differences = differences.Select(row => new { Option = row.Name, row.Values }),
            });
            return ExitCode.Done;
        }

        ComparisonView.Show(console, runs, differences, [.. runs.Select(run => store.ReadCurve(run.Id))]);
        return ExitCode.Done;
    }

    private static int CompareModels(ParseResult parsed, string text, IAnsiConsole console)
    {
        var folders = new Folders(parsed);
        var models = folders.OpenModels();
        var model = models.Get(ActivateCommand.Resolve(models, text));
        var other = parsed.GetValue(_with) is { } named
            ? models.Get(ActivateCommand.Resolve(models, named))
            : Promotion.Rival(models, model, ActivateCommand.Active(models)) ?? throw new ArgumentException(
                $"There is no model that {model.Id} can be compared with: it was not fine-tuned from one that is still here, and no other is active. Name one with --with.");
        if (other.Id == model.Id)
        {
            throw new ArgumentException($"The model {model.Id} cannot be compared with itself.");
        }

        var feedback = console.While("Reading corrected pictures", () => ReadFeedback(models, folders.OpenFeedback(), model, other));
        var comparison = ModelComparison.Of(models, model, other, feedback);
        if (parsed.GetValue(_json))
        {
            Terminal.WriteJson(comparison);
            return ExitCode.Done;
        }

        ModelComparisonView.Show(console, comparison, ActivateCommand.Refusal(models, model));
        return ExitCode.Done;
    }

    private static FeedbackComparison? ReadFeedback(ModelRegistry models, FeedbackStore store, ModelInfo model, ModelInfo other)
    {
        var samples = FeedbackComparison.HeldOut(store, model, other);
        if (samples.Count == 0)
        {
            return null;
        }

        using var before = models.Load(other.Id);
        using var after = models.Load(model.Id);
        return FeedbackComparison.Read(store, samples, before, after);
    }
}
