using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DigitService.Cli;
using DigitService.Cli.Commands;

var console = Terminal.Open();
var root = new RootCommand("Trains networks that read handwritten digits, measures them, and reads digits with them.")
{
    TrainCommand.Create(console),
    ResumeCommand.Create(console),
    EvaluateCommand.Create(console),
    CalibrateCommand.Create(console),
    PredictCommand.Create(console),
    NetworksCommand.Create(console),
    RunsCommand.Create(console),
    CompareCommand.Create(console),
    ModelsCommand.Create(console),
    ActivateCommand.Create(console),
    RollbackCommand.Create(console),
    ExportCommand.Create(console),
    ImportCommand.Create(console),
    Folders.Models,
    Folders.Runs,
    Folders.Data,
    Folders.Feedback,
};
var help = root.Options.OfType<HelpOption>().Single();
var teaching = new TeachingHelp(console);
help.Action = teaching;
help.Description = "Tell what a command is for, what it takes, and how it is typed.";
root.SetAction(teaching.Invoke);
root.Options.OfType<VersionOption>().Single().Description = "Tell the program's version.";

// Ctrl+C ends the batch that runs and keeps the checkpoint; that takes less than a second, but a disk may be slow.
var configuration = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
};

try
{
    var parsed = root.Parse(args);
    if (parsed.Action is not ParseErrorAction)
    {
        return await parsed.InvokeAsync(configuration);
    }

    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"Error: {error.Message}");
    }

    await Console.Error.WriteLineAsync($"What is accepted: {Terminal.Program} {TeachingHelp.PathOf(parsed.CommandResult.Command)}--help");
    return ExitCode.Failed;
}
catch (Exception error) when (ExitCode.Explanation(error) is not null)
{
    await Console.Error.WriteLineAsync($"Error: {ExitCode.Explanation(error)}");
    return ExitCode.Failed;
}
