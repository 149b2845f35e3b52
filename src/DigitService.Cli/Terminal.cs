using Spectre.Console;

namespace DigitService.Cli;

/// <summary>Where the program writes: with colours and moving bars for a person, as plain lines into a file or a pipe.</summary>
internal static class Terminal
{
    internal static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });

        // Nobody asked for line breaks in a path.
        plain.Profile.Width = 10_000;
        return plain;
    }
}
