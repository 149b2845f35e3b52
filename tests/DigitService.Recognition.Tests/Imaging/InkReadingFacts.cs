using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>What the preprocessor is for: networks that have only seen MNIST read what people draw.</summary>
public sealed class InkReadingFacts : IDisposable
{
    private readonly Trainer _trainer = new(
        RecipeCatalog.Require("lenet5").Options with { Epochs = 5, Seed = 0 }, Mnist.Whole.Train);

    public InkReadingFacts() => _trainer.Run();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public void AFewEpochsReadPenStrokesOnACanvasOfEitherPolarity()
    {
        Assert.InRange(Accuracy(whiteOnBlack: true, PreprocessMode.Mnist), 0.95, 1);
        Assert.InRange(Accuracy(whiteOnBlack: false, PreprocessMode.Mnist), 0.95, 1);

        // What only resizing leads to, so that the strokes are known to be no easy ones.
        Assert.InRange(Accuracy(whiteOnBlack: true, PreprocessMode.Plain), 0, 0.9);
        Assert.InRange(Accuracy(whiteOnBlack: false, PreprocessMode.Plain), 0, 0.5);
    }

    private double Accuracy(bool whiteOnBlack, PreprocessMode mode)
    {
        var pictures = InkDigit.Sample.Select((digit, i) =>
            Preprocessor.Process(InkRenderer.Draw(digit, i, whiteOnBlack), mode) ?? new byte[DigitImages.Pixels]);
        var images = new DigitImages(
            [.. pictures.SelectMany(pixels => pixels)], [.. InkDigit.Sample.Select(digit => (byte)digit.Label)]);
        return Evaluator.Evaluate(_trainer.Network, images).Accuracy;
    }
}
