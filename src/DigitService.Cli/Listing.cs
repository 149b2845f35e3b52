using Spectre.Console;

namespace DigitService.Cli;

/// <summary>Tables of models, runs and networks: columns without lines, an entry a row.</summary>
internal static class Listing
{
    /// <param name="columns">The titles; one that begins with &gt; stands over numbers.</param>
    internal static Grid New(params string[] columns)
    {
        var grid = new Grid();
        foreach (var (index, title) in columns.Index())
        {
            var column = new GridColumn().NoWrap().PadLeft(0).PadRight(index == columns.Length - 1 ? 0 : 2);
            grid.AddColumn(title.StartsWith('>') ? column.RightAligned() : column);
        }

        return grid.AddRow([.. columns.Select(title => new Markup($"[grey]{title.TrimStart('>')}[/]"))]);
    }

    internal static Text Plain(string text) => new(text);

    internal static Text Bold(string text) => new(text, new Style(decoration: Decoration.Bold));

    internal static void WriteDamaged(IAnsiConsole console, IEnumerable<(string Id, string Error)> entries)
    {
        foreach (var (id, error) in entries)
        {
            console.MarkupLineInterpolated($"[red]damaged[/]  {id}: {error}");
        }
    }
}
