using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Inference;

public sealed class DigitReaderFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoadedModel _model;

    public DigitReaderFacts()
    {
        using var network = NetworkCatalog.Create("mlp", seed: 4);
        var registry = new ModelRegistry(_folder.File("models"));
        var info = new ModelImport("mlp", Normalization.Symmetric, Preprocess: "plain")
            .Run(Checkpoint.OfWeights(network), registry, Mnist.First(10, 10).Test);
        _model = registry.Load(info.Id);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void APredictionIsWhatTheNetworkAnswersToPixelsNormalizedAsItWasTrained()
    {
        var images = Mnist.First(1, 1).Test;
        var prediction = new DigitReader(_model).Predict(images.Image(0).ToArray());

        var expected = Evaluator.Probabilities(_model.Network, images, Normalization.Symmetric);
        Assert.Equal(expected, prediction.Probabilities);
        Assert.Equal(expected.Max(), prediction.Confidence);
        Assert.Equal(Array.IndexOf(expected, expected.Max()), prediction.Digit);
        Assert.NotEqual(Evaluator.Probabilities(_model.Network, images), prediction.Probabilities);
    }

    [Fact]
    public void APictureIsPreprocessedAsTheModelWasMadeForUnlessSomethingElseIsAsked()
    {
        var pixels = Mnist.First(1, 1).Test.Image(0).ToArray();
        var inverted = Array.ConvertAll(pixels, pixel => (byte)(255 - pixel));
        var reader = new DigitReader(_model, new Still(inverted));

        Assert.Equal(inverted, reader.Read([])!.Input);
        Assert.Equal(0, reader.Read([], PreprocessMode.Mnist)!.Input[0]);
    }

    [Fact]
    public void ABlankPictureHasNoDigit() => Assert.Null(new DigitReader(_model, new Still(new byte[784])).Read([]));

    [Fact]
    public void PredictWithWrongLengthSaysHowManyPixelsItNeeds()
    {
        var error = Assert.Throws<InvalidInputException>(() => new DigitReader(_model).Predict(new byte[783]));
        Assert.Equal("There are 783 pixels; 784 are needed, 28 rows of 28.", error.Message);
    }

    /// <summary>Shows the same picture whatever it is given.</summary>
    private sealed class Still(byte[] pixels) : IImageDecoder
    {
        public GrayImage Decode(ReadOnlySpan<byte> encoded) => new(28, 28, pixels);
    }
}
