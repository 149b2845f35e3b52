using System.CommandLine;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>models</c>: all models, the newest first, with the one that answers marked.</summary>
internal static class ModelsCommand
{
    private static readonly Option<bool> _json = new("--json") { Description = "Print everything that is known of every model, as JSON." };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand("models", "List the models, the newest first; the one that answers has a star.")
        {
            FoldersUsed = [Folders.Models],
            Examples =
            [
                ("models", "A table."),
                ("models --json", "For a program, with what each was trained with."),
            ],
        };
        command.Add("Output", _json);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        var entries = models.List();
        if (parsed.GetValue(_json))
        {
            Terminal.WriteJson(entries);
            return ExitCode.Done;
        }

        if (entries.Count == 0)
        {
            console.WriteLine(
                $"There is no model in {models.Folder} yet. '{Terminal.Program} train' makes one, '{Terminal.Program} import' takes one in.");
            return ExitCode.Done;
        }

        var table = Listing.New("", "Model", ">Parameters", ">Test", ">Loss", "Name");
        foreach (var (_, info, _, isActive) in entries.Where(entry => entry.Info is not null))
        {
            table.AddRow(
                new Markup(isActive ? "[green]*[/]" : " "),
                Listing.Bold(info!.Id),
                Listing.Plain(Figures.Text($"{info.Parameters:N0}")),
                Listing.Plain(Figures.Percent(info.Accuracy)),
                Listing.Plain(Figures.Loss(info.Loss)),
                Listing.Plain(info.Name ?? (info.RunId is null ? "imported" : "")));
        }

        console.Write(table);
        Listing.WriteDamaged(console, entries.Where(entry => entry.Error is not null).Select(entry => (entry.Id, entry.Error!)));
        return ExitCode.Done;
    }
}
