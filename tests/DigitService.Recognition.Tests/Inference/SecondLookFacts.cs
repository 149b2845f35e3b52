using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Export;
using static TorchSharp.torch;

namespace DigitService.Recognition.Tests.Inference;

public class SecondLookFacts
{
    private const int Classes = 11;
    private const float Paper = -0.4f;

    // Each call's pictures, 784 pixels one after the other.
    private readonly List<float[][]> _asked = [];

    [Fact]
    public void WhatTheNetworkIsSureOfIsAskedOnce()
    {
        var pictures = new[] { Ink(2000), Ink(3000) };
        Assert.Equal(pictures.SelectMany(LogitsOf), Look(pictures, Classes), Within(1e-4f));
        Assert.Single(_asked);
    }

    [Fact]
    public void WhatIsDoubtfulIsAskedAgainAPixelToEachSideAndTheMeanIsTheAnswer()
    {
        float[][] pictures = [Ink(0.1f), Ink(2000), Ink(0.2f)];
        var logits = Look(pictures, Classes);
        Assert.Equal(5, _asked.Count);
        Assert.Equal(pictures, _asked[0]);
        (int Right, int Down)[] moves = [(1, 0), (-1, 0), (0, 1), (0, -1)];
        foreach (var ((right, down), again) in moves.Zip(_asked.Skip(1)))
        {
            Assert.Equal([Moved(pictures[0], right, down), Moved(pictures[2], right, down)], again);
        }

        Assert.Equal([.. MeanOf(pictures[0], moves), .. LogitsOf(pictures[1]), .. MeanOf(pictures[2], moves)], logits, Within(1e-4f));
    }

    [Theory]
    [InlineData(3, 0.91, 1)]
    [InlineData(3, 0.89, 5)]
    [InlineData(10, 0.91, 1)]
    [InlineData(10, 0.89, 5)]
    public void DoubtIsWhereNoneOfTheElevenHasNineTenths(int answer, double probability, int calls)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var asked = 0;
        SecondLook.Call(Network, zeros(1, 1, 28, 28), Paper);
        Assert.Equal(calls, asked);

        Tensor Network(Tensor given)
        {
            asked++;
            var logits = new float[Classes];
            logits[answer] = (float)Math.Log((Classes - 1) * probability / (1 - probability));
            return tensor(logits).reshape(1, Classes);
        }
    }

    [Theory]
    [InlineData(Normalization.Mnist, -0.42421296f)]
    [InlineData(Normalization.Unit, 0f)]
    [InlineData(Normalization.Symmetric, -1f)]
    public void PaperIsWhatAPixelWithoutInkBecomes(Normalization normalization, float paper) =>
        Assert.Equal(paper, Batch.PaperOf(normalization), 1e-6f);

    [Fact]
    public void ANetworkThatKnowsNothingButDigitsIsAskedOnce()
    {
        float[][] pictures = [Ink(0.1f)];
        Assert.Equal(LogitsOf(pictures[0]).Take(DigitImages.Classes), Look(pictures, DigitImages.Classes), Within(1e-4f));
        Assert.Single(_asked);
    }

    [Fact]
    public void APictureIsReadAsItIsEvaluated()
    {
        using var folder = new TemporaryFolder();
        var registry = new ModelRegistry(folder.File("models"));
        using var network = UsedNetwork.Of("vgg");
        var images = Mnist.First(1, 20).Test;
        var info = new ModelImport("vgg", Temperature: 1.3).Run(Checkpoint.OfWeights(network), registry, images);
        using var model = registry.Load(info.Id);
        byte[][] pictures = [.. Enumerable.Range(0, images.Count).Select(i => images.Image(i).ToArray())];
        float[] Of(Prediction[] predictions) => [.. predictions.SelectMany(prediction => prediction.Probabilities)];

        var evaluated = Evaluator.Probabilities(model.Network, images, temperature: 1.3);
        Assert.Equal(evaluated, Of(ForwardPass.Read(model, pictures)), Within(1e-4f));
        Assert.NotEqual(evaluated, Of(ForwardPass.ReadOnce(model, pictures)), Within(1e-4f));
    }

    private float[] Look(float[][] pictures, int classes)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var input = tensor([.. pictures.SelectMany(pixels => pixels)]).reshape(pictures.Length, 1, 28, 28);
        return [.. SecondLook.Call(Network, input, Paper).contiguous().data<float>()];

        Tensor Network(Tensor given)
        {
            float[][] asked = [.. given.contiguous().data<float>().ToArray().Chunk(DigitImages.Pixels)];
            _asked.Add(asked);
            return tensor([.. asked.SelectMany(pixels => LogitsOf(pixels).Take(classes))]).reshape(asked.Length, classes);
        }
    }

    // Different for any two pictures, and the surer the more ink there is.
    private static float[] LogitsOf(float[] pixels) =>
    [
        .. Enumerable.Range(0, Classes).Select(answer =>
            pixels.Select((pixel, i) => pixel * (float)Math.Sin((i + 1) * (answer + 1))).Sum()),
    ];

    private static float[] MeanOf(float[] pixels, (int Right, int Down)[] moves)
    {
        float[][] looks = [LogitsOf(pixels), .. moves.Select(move => LogitsOf(Moved(pixels, move.Right, move.Down)))];
        return [.. Enumerable.Range(0, Classes).Select(answer => looks.Average(logits => logits[answer]))];
    }

    private static float[] Ink(float strength) =>
        [.. Enumerable.Range(0, DigitImages.Pixels).Select(i => strength * (float)Math.Sin(1.7 * i) / 28)];

    private static float[] Moved(float[] pixels, int right, int down)
    {
        var moved = new float[DigitImages.Pixels];
        for (var i = 0; i < moved.Length; i++)
        {
            var (x, y) = ((i % DigitImages.Side) - right, (i / DigitImages.Side) - down);
            moved[i] = x is >= 0 and < DigitImages.Side && y is >= 0 and < DigitImages.Side ? pixels[(y * DigitImages.Side) + x] : Paper;
        }

        return moved;
    }

    private static Func<float, float, bool> Within(float difference) => (a, b) => Math.Abs(a - b) <= difference * (1 + Math.Abs(a));
}
