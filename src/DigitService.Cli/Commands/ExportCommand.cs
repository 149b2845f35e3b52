using System.CommandLine;
using DigitService.Recognition.Export;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>export</c>: writes a model for other programs.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> _model = new("MODEL") { Description = $"{Reference.Help} 'active' is the one that answers." };

    private static readonly Option<ExportFormat?> _format = Choice.Of<ExportFormat>(
        "--format",
        "pth for PyTorch, onnx for ONNX Runtime and others, safetensors for Hugging Face's programs. [default: as the file's name ends, else pth]");

    private static readonly Option<FileInfo?> _output = new("--output")
    {
        HelpName = "FILE",
        Description = "The file to write. [default: the model's id in the current folder]",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand(
            "export",
            "Write a model for other programs. They read N×1×28×28 pixels, normalized as the model was trained, and give N×10 logits, or N×11 with the last for no digit.")
        {
            FoldersUsed = [Folders.Models],
            Examples =
            [
                ("export active --format onnx", "The active model, for ONNX Runtime."),
                ("export latest --output digits.safetensors", "The newest; the name tells the format."),
                ("export 20261121 --output mnist_cnn.pth", "In Python: model.load_state_dict(torch.load('mnist_cnn.pth'))"),
            ],
        };
        command.Add(_model);
        command.Add("Output", _format, _output);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        using var model = models.Load(ActivateCommand.Resolve(models, parsed.GetValue(_model)));
        var output = parsed.GetValue(_output);
        var format = parsed.GetValue(_format) ?? (output is null ? ExportFormat.Pth : FormatOf(output));
        var path = output?.FullName ?? Path.GetFullPath($"{model.Info.Id}.{Choice.WordOf(format)}");
        NetworkExport.Write(path, format, model.Network, model.Info.Network, model.Info.Normalization, model.Info.Temperature);
        console.MarkupLineInterpolated($"Wrote {path} ({new FileInfo(path).Length:N0} bytes).");
        return ExitCode.Done;
    }

    /// <exception cref="ArgumentException">The name ends as none of the formats' do.</exception>
    private static ExportFormat FormatOf(FileInfo file)
    {
        var ending = file.Extension.TrimStart('.');
        return Enum.GetValues<ExportFormat>().Cast<ExportFormat?>().FirstOrDefault(format =>
                string.Equals(Choice.WordOf(format!.Value), ending, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"The format cannot be told from the name {file.Name}: it should end with .pth, .onnx or .safetensors, or --format should say.");
    }
}
