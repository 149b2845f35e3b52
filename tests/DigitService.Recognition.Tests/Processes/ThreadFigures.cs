using System.Globalization;

namespace DigitService.Recognition.Tests.Processes;

/// <summary>What Linux tells of a process's threads.</summary>
internal static class ThreadFigures
{
    /// <summary>The names of the threads by their nice values. One that ends while it is looked at is left out.</summary>
    /// <param name="process">The process's number, or <c>self</c>.</param>
    internal static ILookup<int, string> NamesByNiceness(string process) => Directory.GetDirectories($"/proc/{process}/task")
        .Select(TryRead)
        .OfType<string>()
        .ToLookup(Niceness, Name);

    internal static string ThisThread() => Name(File.ReadAllText("/proc/thread-self/stat"));

    private static string? TryRead(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // A thread's number, its name in brackets, its state, and fifteen more fields before its nice value.
    private static string Name(string stat) => stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];

    private static int Niceness(string stat) =>
        int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
}
