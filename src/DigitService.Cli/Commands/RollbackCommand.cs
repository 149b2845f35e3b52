using System.CommandLine;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>rollback</c>: makes the model answer again that did before the active one.</summary>
internal static class RollbackCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "rollback", "Go back to the model that was active before this one. Once more goes back to the one before that.")
        {
            FoldersUsed = [Folders.Models],
            Examples = [("rollback", "Undo the last 'activate'.")],
        };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        var id = models.GetPreviousId() ?? throw new ArgumentException(
            $"There is no model to go back to: none that is still in {models.Folder} was active before this one.");
        models.RollBack(id);
        console.MarkupLineInterpolated($"The active model is [bold]{id}[/] again.");
        return ExitCode.Done;
    }
}
