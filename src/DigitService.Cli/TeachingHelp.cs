using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary><c>--help</c>: what a command is for, what it takes, and how it is typed.</summary>
internal sealed class TeachingHelp(IAnsiConsole console) : SynchronousCommandLineAction
{
    private const int MaximumWidth = 100;

    private static readonly (string, string)[] _exitCodes =
    [
        ("0", "Done."),
        ("1", "Something was wrong, and a sentence on standard error says what; what was accepted of several is still done."),
        ("130", "Stopped by Ctrl+C or SIGTERM. A training run goes on with 'resume'."),
    ];

    public override bool ClearsParseErrors => true;

    /// <summary>A command's name with a space after it; nothing for the program itself.</summary>
    internal static string PathOf(Command command) => command is RootCommand ? "" : $"{command.Name} ";

    public override int Invoke(ParseResult parseResult)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Math.Min(width, MaximumWidth);
        Write(parseResult.CommandResult.Command);
        console.Profile.Width = width;
        return ExitCode.Done;
    }

    private void Write(Command command)
    {
        console.WriteLine(command.Description ?? "");
        console.WriteLine();
        var arguments = string.Concat(command.Arguments.Select(argument => UsageOf(argument) + " "));
        var rest = command.Subcommands.Count > 0 ? "COMMAND" : $"{arguments}[options]";
        console.MarkupLineInterpolated($"[bold]Usage[/]  {Terminal.Program} {PathOf(command)}{rest}");
        WriteRows("Commands", command.Subcommands.Select(sub => (sub.Name, sub.Description ?? "")));
        WriteRows("Arguments", command.Arguments.Select(argument => (NameOf(argument), argument.Description ?? "")));
        if (command is TeachingCommand teaching)
        {
            foreach (var (title, options) in teaching.Groups)
            {
                WriteOptions(title, options);
            }

            WriteOptions("Folders", teaching.FoldersUsed);
            WriteRows(teaching.Appendix?.Title ?? "", teaching.Appendix?.Rows ?? []);
            WriteExamples(teaching.Examples);
        }
        else
        {
            WriteOptions("Options of every command that uses them", command.Options);
            WriteRows("Exit codes", _exitCodes);
            console.WriteLine();
            console.MarkupLineInterpolated($"[grey]Each command tells more, with examples:[/] {Terminal.Program} train --help");
        }
    }

    private void WriteOptions(string title, IEnumerable<Option> options) =>
        WriteRows(title, options.Select(option => (NameOf(option), option.Description ?? "")));

    private void WriteRows(string title, IEnumerable<(string Name, string Text)> rows)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2))
            .AddColumn(new GridColumn().PadRight(0));
        var isEmpty = true;
        foreach (var (name, text) in rows)
        {
            grid.AddRow(new Text(name, new Style(Color.Aqua)), new Text(text));
            isEmpty = false;
        }

        if (!isEmpty)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{title}[/]");
            console.Write(grid);
        }
    }

    private void WriteExamples(IReadOnlyList<(string Arguments, string What)> examples)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Examples[/]");
        foreach (var (arguments, what) in examples)
        {
            console.MarkupLineInterpolated($"  [aqua]{Terminal.Program} {arguments}[/]");
            console.WriteLine($"      {what}");
        }
    }

    private static string NameOf(Option option) =>
        option.ValueType == typeof(bool) || option.ValueType == typeof(void) || option.HelpName is null
            ? option.Name
            : $"{option.Name} {option.HelpName}";

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    private static string UsageOf(Argument argument)
    {
        var name = NameOf(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "…" : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }
}
