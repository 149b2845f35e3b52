using System.CommandLine;
using DigitService.Recognition.Models;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>activate</c>: makes a model the one that answers.</summary>
internal static class ActivateCommand
{
    private static readonly Argument<string> _model = new("MODEL") { Description = Reference.Help };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand("activate", "Make a model the one that answers: in 'predict', in 'evaluate', and in the service.")
        {
            FoldersUsed = [Folders.Models],
            Examples =
            [
                ("activate latest", "The newest model."),
                ("activate 20261121-0815", "The model whose id begins so."),
            ],
        };
        command.Add(_model);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        var id = Resolve(models, parsed.GetValue(_model)!);
        models.Activate(id);
        console.MarkupLineInterpolated($"The active model is [bold]{id}[/].");
        return ExitCode.Done;
    }

    /// <summary>The model that a person means: the active one by <c>active</c>, and where nothing was said.</summary>
    /// <exception cref="ArgumentException">Several ids begin so, or none is active.</exception>
    internal static string Resolve(ModelRegistry models, string? text) => text is null or "active"
        ? models.GetActiveId() ?? throw new ArgumentException(
            $"No model in {models.Folder} is active. '{Terminal.Program} models' lists them, '{Terminal.Program} activate' makes one active.")
        : Reference.Resolve(text, "model", [.. models.List().Select(entry => entry.Id)]);
}
