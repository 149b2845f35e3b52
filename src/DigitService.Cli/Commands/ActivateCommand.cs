using System.CommandLine;
using DigitService.Recognition.Models;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>activate</c>: makes a model the one that answers.</summary>
internal static class ActivateCommand
{
    private static readonly Argument<string> _model = new("MODEL") { Description = Reference.Help };

    private static readonly Option<bool> _force = new("--force")
    {
        Description = "Also a fine-tuned model that reads more than 0.1 points of MNIST's test images fewer than the one that it comes from.",
    };

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
        command.Add("What it has forgotten", _force);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        var id = Resolve(models, parsed.GetValue(_model)!);
        if (!parsed.GetValue(_force) && Refusal(models, models.Get(id)) is { } refusal)
        {
            throw new ArgumentException(refusal);
        }

        models.Activate(id);
        console.MarkupLineInterpolated($"The active model is [bold]{id}[/].");
        return ExitCode.Done;
    }

    /// <summary>Why a model is not made the active one without <c>--force</c>, as a sentence; null if it is.</summary>
    internal static string? Refusal(ModelRegistry models, ModelInfo model) =>
        Promotion.Refusal(models, model, Active(models)) is { } refusal ? $"{refusal} --force activates it all the same." : null;

    /// <summary>The id of the active model; null if there is none, or if it cannot be told.</summary>
    internal static string? Active(ModelRegistry models) => models.List().FirstOrDefault(entry => entry.IsActive)?.Id;

    /// <summary>The model that a person means: the active one by <c>active</c>, and where nothing was said.</summary>
    /// <exception cref="ArgumentException">Several ids begin so, or none is active.</exception>
    internal static string Resolve(ModelRegistry models, string? text) => text is null or "active"
        ? models.GetActiveId() ?? throw new ArgumentException(
            $"No model in {models.Folder} is active. '{Terminal.Program} models' lists them, '{Terminal.Program} activate' makes one active.")
        : Reference.Resolve(text, "model", [.. models.List().Select(entry => entry.Id)]);
}
