using System.CommandLine;
using DigitService.Cli;

var root = new RootCommand("DigitService: train networks that read handwritten digits.")
{
    TrainCommand.Create(Terminal.Open()),
};

// Ctrl+C ends the batch that runs and keeps the checkpoint; that takes less than a second, but a disk may be slow.
var configuration = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
};

try
{
    return await root.Parse(args).InvokeAsync(configuration);
}
catch (Exception error) when (ExitCode.Explanation(error) is not null)
{
    await Console.Error.WriteLineAsync($"Error: {ExitCode.Explanation(error)}");
    return ExitCode.Failed;
}
