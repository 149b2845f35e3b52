using System.CommandLine;
using DigitService.Recognition.Runs;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>compare</c>: runs side by side.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string[]> _runs = new("RUN")
    {
        Description = $"Two runs or more. {Reference.Help}",
        Arity = new ArgumentArity(2, ComparisonView.MaximumRuns),
    };

    private static readonly Option<bool> _json = new("--json")
    {
        Description = "Print the runs and the options in which they differ, as JSON.",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "compare",
            "Show runs side by side: the options in which they differ, every epoch, results, and their loss curves.")
        {
            FoldersUsed = [Folders.Runs],
            Examples =
            [
                ("compare 20261121-0815 latest", "An earlier run, and the newest."),
                ("compare 20261121-0815 20261121-0820 20261121-0825", "Three runs with as much of their ids as tells them apart."),
            ],
        };
        command.Add(_runs);
        command.Add("Output", _json);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var store = new Folders(parsed).OpenRuns();
        string[] ids = [.. store.List().Select(entry => entry.Id)];
        RunRecord[] runs = [.. parsed.GetValue(_runs)!.Select(text => store.Get(Reference.Resolve(text, "run", ids)))];
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
}
