using System.CommandLine;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using Spectre.Console;

namespace DigitService.Cli.Commands;

/// <summary><c>predict</c>: reads the digits in pictures.</summary>
internal static class PredictCommand
{
    private const string StandardInput = "-";

    // More than any picture that is accepted has, so that a disk image given by mistake is not read whole.
    private const int MostBytes = 16 << 20;

    private static readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Pictures of one digit each: PNG, JPEG, WebP, BMP or GIF, of at most 10 MB and 16 megapixels; - is standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> _model = new("--model")
    {
        HelpName = "MODEL",
        Description = $"Who answers. {Reference.Help} [default: the active model]",
    };

    private static readonly Option<PreprocessMode?> _preprocess = Choice.Of<PreprocessMode>(
        "--preprocess",
        "mnist finds the ink, dark or light, and lays it out as MNIST is; plain only resizes, and takes white for ink. "
            + "[default: as the model was made for]");

    private static readonly Option<bool> _show = new("--show")
    {
        Description = "Draw the 28×28 pixels that the network sees; with --json, add them.",
    };

    private static readonly Option<bool> _json = new("--json")
    {
        Description = "Print the answers as JSON, a list with an entry for every file.",
    };

    internal static Command Create(IAnsiConsole console)
    {
        var command = new TeachingCommand("predict", "Read the digit in each picture, and tell how sure the model is, or why its answer should not be trusted.")
        {
            FoldersUsed = [Folders.Models],
            Examples =
            [
                ("predict seven.png", "The digit, its confidence, and the ten probabilities."),
                ("predict --show *.jpg", "With what is left of a photograph when the network sees it."),
                ("predict --json - < seven.png", "For a program."),
            ],
        };
        command.Add(_files);
        command.Add("Reading", _model, _preprocess);
        command.Add("Output", _show, _json);
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console)
    {
        var models = new Folders(parsed).OpenModels();
        using var model = models.Load(ActivateCommand.Resolve(models, parsed.GetValue(_model)));
        var reader = new DigitReader(model);
        var answers = parsed.GetValue(_files)!.Select(file => Read(reader, file, parsed.GetValue(_preprocess)));
        return parsed.GetValue(_json)
            ? WriteJson([.. answers], model.Info, parsed.GetValue(_show))
            : Write(console, answers, parsed.GetValue(_show));
    }

    private static int Write(IAnsiConsole console, IEnumerable<Answer> answers, bool withPicture)
    {
        var exitCode = ExitCode.Done;
        foreach (var (file, prediction, error) in answers)
        {
            if (prediction is null)
            {
                Console.Error.WriteLine($"Error: {file}: {error}");
                exitCode = ExitCode.Failed;
            }
            else
            {
                PredictionView.Show(console, file, prediction, withPicture);
            }
        }

        return exitCode;
    }

    private static int WriteJson(IReadOnlyList<Answer> answers, ModelInfo model, bool withPixels)
    {
        Terminal.WriteJson(answers.Select(answer => answer.Prediction is { } prediction
            ? new
            {
                answer.File,
                Digit = prediction.Reason is null ? prediction.Digit : (int?)null,
                prediction.Reason,
                prediction.IsDigit,
                prediction.Confidence,
                prediction.Probabilities,
                Model = model.Id,
                Pixels = withPixels ? Array.ConvertAll(prediction.Input, pixel => (int)pixel) : null,
            }
            : (object)new { answer.File, answer.Error }));
        return answers.Any(answer => answer.Error is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    // What is wrong with one picture does not keep the others from being read.
    private static Answer Read(DigitReader reader, string file, PreprocessMode? mode)
    {
        try
        {
            return reader.Read(ReadBytes(file), mode) is { } prediction
                ? new Answer(file, prediction, null)
                : new Answer(file, null, "Nothing is drawn in the picture.");
        }
        catch (Exception error) when (error is ImageException or IOException or UnauthorizedAccessException)
        {
            return new Answer(file, null, error.Message);
        }
    }

    private static byte[] ReadBytes(string file)
    {
        using var source = file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
        var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (bytes.Length < MostBytes && source.Read(buffer) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private sealed record Answer(string File, Prediction? Prediction, string? Error);
}
