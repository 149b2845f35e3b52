using System.Text.Json;
using DigitService.Recognition.Persistence;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>Where the program writes: with colours and moving bars for a person, as plain lines into a file or a pipe.</summary>
internal static class Terminal
{
    /// <summary>What the user types to start this program; a script that starts it says so in DIGITS_COMMAND.</summary>
    internal static string Program { get; } = Environment.GetEnvironmentVariable("DIGITS_COMMAND") is { Length: > 0 } command
        ? command
        : "digits";

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
            Out = new AnsiConsoleOutput(new TrimmingWriter(Console.Out)),
        });

        // Nobody asked for line breaks in a path.
        plain.Profile.Width = 10_000;
        return plain;
    }

    /// <summary>Shows a person that something is under way that takes a second or more.</summary>
    internal static T While<T>(this IAnsiConsole console, string what, Func<T> work) =>
        console.Profile.Capabilities.Interactive ? console.Status().Start($"{what}…", _ => work()) : work();

    /// <summary>Writes to standard output, in the form of the JSON files.</summary>
    internal static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, RecognitionJson.Options));
}
