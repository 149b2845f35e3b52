using System.CommandLine;

namespace DigitService.Cli;

/// <summary>A command whose help has its options in groups, and examples at the end.</summary>
internal sealed class TeachingCommand(string name, string description) : Command(name, description)
{
    private readonly List<(string Title, Option[] Options)> _groups = [];

    internal IReadOnlyList<(string Title, Option[] Options)> Groups => _groups;

    /// <summary>Whether <c>--models</c>, <c>--runs</c> and <c>--data</c> mean anything to it.</summary>
    internal IReadOnlyList<Option> FoldersUsed { get; init; } = [];

    /// <summary>More to know, a name and a text each, under a title; null for none.</summary>
    internal (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Appendix { get; init; }

    /// <summary>What follows the program's name, and what that does.</summary>
    internal required IReadOnlyList<(string Arguments, string What)> Examples { get; init; }

    /// <summary>Adds options under a title.</summary>
    internal void Add(string title, params Option[] options)
    {
        _groups.Add((title, options));
        foreach (var option in options)
        {
            Add(option);
        }
    }
}
