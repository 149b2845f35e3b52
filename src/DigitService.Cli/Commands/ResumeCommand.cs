using System.CommandLine;
using DigitService.Recognition.Runs;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>resume</c>: goes on with a run that was stopped, as if it never had been.</summary>
internal static class ResumeCommand
{
    private static readonly Argument<string?> _run = new("RUN")
    {
        Description = $"{Reference.Help} [default: the latest run that was stopped or killed]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "resume",
            "Go on with a run that was stopped or killed, from its checkpoint. It ends with the same bits as one that was not.")
        {
            FoldersUsed = [Folders.Models, Folders.Runs, Folders.Data],
            Examples =
            [
                ("resume", "The latest run that did not come to its end."),
                ("resume 20261121-08", "The run whose id begins so."),
            ],
        };
        command.Add(_run);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, console, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console, CancellationToken cancellation)
    {
        var folders = new Folders(parsed);
        var runs = folders.OpenRuns();
        var id = parsed.GetValue(_run) is { } text
            ? Reference.Resolve(text, "run", [.. runs.List().Select(entry => entry.Id)])
            : Latest(runs);

        // What is wrong with the run, or its being in other hands, is told before a second is spent on images.
        using var run = runs.Open(id);
        var data = TrainCommand.Read(console, folders, run.Record.Options);
        return TrainCommand.Follow(run, data, folders, console, cancellation);
    }

    private static string Latest(RunStore runs) =>
        runs.List().FirstOrDefault(entry => entry.Record?.Status is RunStatus.Cancelled or RunStatus.Interrupted)?.Id
        ?? throw new ArgumentException($"There is no run in {runs.Folder} that was stopped before its end.");
}
