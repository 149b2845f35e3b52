using System.CommandLine;
using DigitService.Recognition.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DigitService.Cli.Commands;

/// <summary><c>runs</c>: all training runs, the newest first.</summary>
internal static class RunsCommand
{
    private const int WideTerminal = 100;

    private static readonly Option<bool> _json = new("--json") { Description = "Print everything that is known of every run, as JSON." };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand("runs", "List the training runs, the newest first, those under way included.")
        {
            FoldersUsed = [Folders.Runs],
            Examples =
            [
                ("runs", "A table."),
                ("runs --json", "For a program, with all epochs of all runs."),
            ],
        };
        command.Add("Output", _json);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var runs = new Folders(parsed).OpenRuns();
        var entries = runs.List();
        if (parsed.GetValue(_json))
        {
            Terminal.WriteJson(entries);
            return ExitCode.Done;
        }

        if (entries.Count == 0)
        {
            console.WriteLine($"There is no run in {runs.Folder} yet.");
            return ExitCode.Done;
        }

        // Ids are long, and a model's is nearly its run's.
        var withModel = console.Profile.Width >= WideTerminal;
        var table = Listing.New(["Run", "Status", ">Epochs", ">Validation", ">Test", ">Time", .. withModel ? ["Model"] : Array.Empty<string>()]);
        foreach (var run in entries.Select(entry => entry.Record).OfType<RunRecord>())
        {
            table.AddRow(
            [
                Listing.Bold(run.Id),
                StatusOf(run),
                Listing.Plain($"{run.Epochs.Count}/{run.Options.Epochs}"),
                Listing.Plain(Figures.Percent(run.Epochs.LastOrDefault(epoch => epoch.IsBest)?.ValidationAccuracy)),
                Listing.Plain(Figures.Percent(run.Result?.Accuracy)),
                Listing.Plain(Figures.Clock(TimeSpan.FromSeconds(run.DurationSeconds))),
                .. withModel ? [Listing.Plain(run.ModelId ?? "-")] : Array.Empty<IRenderable>(),
            ]);
        }

        console.Write(table);
        Listing.WriteDamaged(console, entries.Where(entry => entry.Error is not null).Select(entry => (entry.Id, entry.Error!)));
        foreach (var run in entries.Select(entry => entry.Record).Where(run => run?.Reason is not null))
        {
            console.MarkupLineInterpolated($"[red]failed[/]  {run!.Id}: {run.Reason}");
        }

        return ExitCode.Done;
    }

    private static Markup StatusOf(RunRecord run) => new(run.Status switch
    {
        RunStatus.Running => "[aqua]running[/]",
        RunStatus.Completed => "[green]completed[/]",
        RunStatus.Failed => "[red]failed[/]",
        RunStatus.Cancelled => "[yellow]cancelled[/]",
        RunStatus.Interrupted => "[yellow]interrupted[/]",
        _ => Choice.WordOf(run.Status),
    });
}
