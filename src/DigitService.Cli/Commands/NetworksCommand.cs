using System.CommandLine;
using System.Text;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>networks</c>: the catalogue, a network's layers, or its diagram.</summary>
internal static class NetworksCommand
{
    private static readonly Argument<string?> _name = new("NAME")
    {
        Description = "A network, to see its layers.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> _diagram = new("--diagram")
    {
        HelpName = "NAME",
        Description = "Draw the architecture of a network, as SVG.",
    };

    private static readonly Option<FileInfo?> _output = new("--output")
    {
        HelpName = "FILE",
        Description = "The file for the diagram. [default: standard output]",
    };

    private static readonly Option<bool> _json = new("--json") { Description = "Print the catalogue, or the one network, as JSON." };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "networks",
            "Show the networks that can be trained: what they are, where they come from, what they cost.")
        {
            Examples =
            [
                ("networks", "All of them."),
                ("networks cnn", "Its layers, with the shapes that a picture takes in them."),
                ("networks --diagram cnn --output cnn.svg", "Its architecture, to look at in a browser."),
                ("train --help", "The recipes with which they are trained."),
            ],
        };
        command.Add(_name);
        command.Add("Output", _diagram, _output, _json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_output) is not null && result.GetValue(_diagram) is null)
            {
                result.AddError("--output is where --diagram goes; which network is to be drawn?");
            }
        });
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        if (parsed.GetValue(_diagram) is { } drawn)
        {
            WriteDiagram(console, NetworkDiagram.Of(drawn), parsed.GetValue(_output));
            return ExitCode.Done;
        }

        var summary = parsed.GetValue(_name) is { } name ? NetworkCatalog.Summary(name) : null;
        if (parsed.GetValue(_json))
        {
            Terminal.WriteJson<object>(summary is null ? NetworkCatalog.Names.Select(NetworkCatalog.Summary) : summary);
        }
        else if (summary is not null)
        {
            WriteLayers(console, summary);
        }
        else
        {
            WriteCatalog(console);
        }

        return ExitCode.Done;
    }

    private static void WriteDiagram(IAnsiConsole console, string svg, FileInfo? output)
    {
        if (output is null)
        {
            Console.Out.WriteLine(svg);
            return;
        }

        AtomicFile.Write(output.FullName, target => target.Write(Encoding.UTF8.GetBytes(svg)));
        console.MarkupLineInterpolated($"Wrote {output.FullName}");
    }

    private static void WriteCatalog(IAnsiConsole console)
    {
        foreach (var summary in NetworkCatalog.Names.Select(NetworkCatalog.Summary))
        {
            WriteHeading(console, summary);
            console.WriteLine();
        }

        console.MarkupLineInterpolated($"[aqua]{Terminal.Program} networks cnn[/]  [grey]its layers[/]");
        console.MarkupLineInterpolated($"[aqua]{Terminal.Program} train --help[/]  [grey]the recipes with which they are trained[/]");
    }

    private static void WriteLayers(IAnsiConsole console, NetworkSummary summary)
    {
        WriteHeading(console, summary);
        console.WriteLine();
        var table = Listing.New("Layer", "Kind", ">Output", ">Parameters", ">Multiply-adds");
        table.AddRow(Listing.Plain("input"), Listing.Plain("a picture"), Listing.Plain("1×28×28"), Listing.Plain(""), Listing.Plain(""));
        foreach (var layer in summary.Layers)
        {
            table.AddRow(
                Listing.Bold(layer.Name),
                Listing.Plain(layer.Kind),
                Listing.Plain(layer.Output),
                Listing.Plain(NumberOrNothing(layer.Parameters)),
                Listing.Plain(NumberOrNothing(layer.MultiplyAdds)));
        }

        console.Write(table);
    }

    private static void WriteHeading(IAnsiConsole console, NetworkSummary summary)
    {
        console.MarkupLine(Figures.Text(
            $"[bold]{summary.Name}[/]  {summary.Parameters:N0} parameters, {summary.MultiplyAdds:N0} multiply-adds for a picture"));
        foreach (var line in new[] { summary.Description, summary.Source })
        {
            console.Write(new Padder(new Markup($"[grey]{Markup.Escape(line)}[/]"), new Padding(2, 0, 0, 0)));
        }
    }

    private static string NumberOrNothing(long number) => number == 0 ? "" : Figures.Text($"{number:N0}");
}
