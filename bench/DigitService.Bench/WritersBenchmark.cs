using System.Diagnostics;
using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Imaging;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// What a model learns of one person's hand: the first three of each of a writer's digits are corrected, the active model
/// is fine-tuned with them as `POST /train` does, and both read the rest of the writer's digits.
/// </summary>
internal sealed class WritersBenchmark : IDisposable
{
    private const int OfEachDigit = 3;

    private readonly ModelRegistry _models;
    private readonly ModelInfo _base;
    private readonly MnistDataset _data;
    private readonly string _folder = Directory.CreateTempSubdirectory("digitservice-writers-").FullName;

    private WritersBenchmark(string mnist)
    {
        _data = MnistDataset.Read(mnist);
        _models = new ModelRegistry(Path.Combine(mnist, "..", "..", "models"));
        _base = _models.Get(_models.GetActiveId() ?? throw new InvalidOperationException("No model is active."));
    }

    /// <param name="strokes">The writers' digits.</param>
    /// <param name="mnist">The folder of MNIST.</param>
    /// <param name="writers">Which of them, counted from 1 in the order of their names: such as 1-20.</param>
    /// <param name="page">Where the table is written to; null for the terminal alone.</param>
    internal static void Run(string strokes, string mnist, string writers, string? page)
    {
        var range = Array.ConvertAll(writers.Split('-'), number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
        using var benchmark = new WritersBenchmark(mnist);
        var results = InkDigit.Read(strokes)
            .GroupBy(digit => digit.Writer)
            .OrderBy(writer => writer.Key.Length)
            .ThenBy(writer => writer.Key, StringComparer.Ordinal)
            .Skip(range[0] - 1)
            .Take(range[^1] - range[0] + 1)
            .Select(writer => benchmark.Measure(writer.Key, [.. writer]))
            .ToArray();
        var text = WritersPage.Render(benchmark._base, results);
        Console.WriteLine(text);
        if (page is not null)
        {
            File.WriteAllText(page, text);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private WriterResult Measure(string writer, InkDigit[] digits)
    {
        var drawn = digits.Select((digit, i) => (digit.Label, Canvas: InkRenderer.Draw(digit, i, whiteOnBlack: true))).ToArray();
        var corrected = drawn.Index().GroupBy(entry => entry.Item.Label).SelectMany(group => group.Take(OfEachDigit)).Select(entry => entry.Index).ToHashSet();
        var rest = drawn.Index().Where(entry => !corrected.Contains(entry.Index)).Select(entry => entry.Item).ToArray();
        var folder = Path.Combine(_folder, writer);
        var feedback = new FeedbackStore(Path.Combine(folder, "feedback"));
        feedback.AddAll([.. corrected.Order().Select(i => Correction(drawn[i].Label, drawn[i].Canvas))]);

        using var before = _models.Load(_base.Id);
        var misreadBefore = Read(before, rest);
        var start = Stopwatch.GetTimestamp();
        var (models, outcome) = FineTune(feedback, folder);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var after = models.Load(outcome.Model.Id);
        var result = new WriterResult(
            writer, rest.Length, misreadBefore, Read(after, rest), outcome.Report.Accuracy, seconds);
        Console.WriteLine(FormattableString.Invariant(
            $"writer {writer}: {misreadBefore.Wrong} of {rest.Length} misread before, {result.After.Wrong} after; MNIST {outcome.Report.Accuracy:P2}; {seconds:F1} s"));
        return result;
    }

    private (ModelRegistry Models, TrainingOutcome Outcome) FineTune(FeedbackStore feedback, string folder)
    {
        var options = new TrainingOverrides { Base = _base.Id, Feedback = true }.Resolve(_base);
        var models = new ModelRegistry(Path.Combine(folder, "models"));
        using var run = new RunStore(Path.Combine(folder, "runs")).Create(options, inputs: TrainingInputs.Of(options, _models, feedback));
        return (models, new TrainingSession(models, _data).Run(run));
    }

    private static NewFeedback Correction(int label, GrayImage canvas) => new(
        GrayPng.Encode(canvas.Pixels, canvas.Width), InputOf(canvas), label, FeedbackSource.Drawn, null);

    private static byte[] InputOf(GrayImage canvas) =>
        Preprocessor.Process(canvas, PreprocessMode.Mnist) ?? new byte[DigitImages.Pixels];

    private static Misread Read(LoadedModel model, (int Label, GrayImage Canvas)[] digits)
    {
        var answers = ForwardPass.Read(model, [.. digits.Select(digit => InputOf(digit.Canvas))]);
        return new Misread(
            answers.Zip(digits).Count(pair => pair.First.Digit != pair.Second.Label),
            answers.Zip(digits).Count(pair => pair.First.Digit == pair.Second.Label && pair.First.Reason is not null));
    }
}

/// <summary>How many of a writer's digits are not read right.</summary>
/// <param name="Wrong">Those that are taken for another digit.</param>
/// <param name="Doubted">Those that are read right, and yet not trusted.</param>
internal sealed record Misread(int Wrong, int Doubted);

/// <summary>What a fine-tuning did for a writer.</summary>
/// <param name="Writer">Who it is.</param>
/// <param name="Digits">How many digits were read before and after.</param>
/// <param name="Before">What the base makes of them.</param>
/// <param name="After">What the fine-tuned model makes of them.</param>
/// <param name="Accuracy">The share of MNIST's test images that the fine-tuned model reads right, 0 to 1.</param>
/// <param name="Seconds">How long the fine-tuning took, evaluation and registration and all.</param>
internal sealed record WriterResult(string Writer, int Digits, Misread Before, Misread After, double Accuracy, double Seconds);
