using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Tests.Evaluation;

public class TemperatureScalingFacts
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1.7)]
    [InlineData(6)]
    public void LabelsThatAreDrawnAtATemperatureGiveItBack(double temperature)
    {
        var (logits, labels) = Draw(20_000, temperature);
        Assert.Equal(1, TemperatureScaling.Fit(logits, labels) / temperature, 0.05);
    }

    [Fact]
    public void NoOtherTemperatureMakesTheLabelsMoreProbable()
    {
        var (logits, labels) = Draw(500, temperature: 1.7);
        var best = TemperatureScaling.Fit(logits, labels);
        var least = Loss(logits, labels, best);
        foreach (var factor in new[] { 0.5, 0.9, 0.999, 1.001, 1.1, 2 })
        {
            Assert.True(least < Loss(logits, labels, best * factor), $"{factor}");
        }

        Assert.Equal(best, TemperatureScaling.Fit(logits, labels));
    }

    [Fact]
    public void WithoutAMistakeTheProbabilitiesStayAsTheyAre()
    {
        var (logits, _) = Draw(100, temperature: 1);
        int[] answers = [.. logits.Chunk(10).Select(row => Array.IndexOf(row, row.Max()))];
        Assert.Equal(1, TemperatureScaling.Fit(logits, answers));
        Assert.Equal(1, TemperatureScaling.Fit([], []));
    }

    [Fact]
    public void AnswersThatSayNothingAreMadeAsUnsureAsCanBe()
    {
        var (logits, _) = Draw(1_000, temperature: 1);
        int[] opposite = [.. logits.Chunk(10).Select(row => Array.IndexOf(row, row.Min()))];
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit(logits, opposite), 1e-6);
    }

    [Fact]
    public void OnlyTheImagesHeldOutDecideAndNoNumberOfThreads()
    {
        using var network = NetworkCatalog.Create("lenet5", 1);
        var images = Mnist.First(600, 1).Train;
        int[] heldOut = [.. Enumerable.Range(0, 300).Select(i => (2 * i) + 1)];
        var temperature = TemperatureScaling.Fit(network, images, heldOut);
        Assert.Equal(temperature, TemperatureScaling.Fit(network, images, heldOut, threads: 3));

        var changed = new DigitImages(
            [.. Enumerable.Range(0, 600).SelectMany(i => i % 2 == 0 ? new byte[784] : images.Image(i).ToArray())],
            [.. Enumerable.Range(0, 600).Select(i => (byte)images.Label(i))]);
        Assert.Equal(temperature, TemperatureScaling.Fit(network, changed, heldOut));
        Assert.NotEqual(temperature, TemperatureScaling.Fit(network, images, heldOut[..100]));
    }

    // Logits that are as sure as a trained network's, and labels with the probabilities that they have at a temperature.
    private static (float[] Logits, int[] Labels) Draw(int count, double temperature)
    {
        var random = new SplitMix64(7, 0);
        var logits = Enumerable.Range(0, count * 10).Select(_ => (float)(8 * Uniform())).ToArray();
        return (logits, [.. logits.Chunk(10).Select(Label)]);

        double Uniform() => (random.Next() >> 11) * (1.0 / (1UL << 53));

        int Label(float[] row)
        {
            var weights = row.Select(logit => Math.Exp(logit / temperature)).ToArray();
            var (left, label) = (Uniform() * weights.Sum(), 0);
            while (label < 9 && (left -= weights[label]) > 0)
            {
                label++;
            }

            return label;
        }
    }

    private static double Loss(float[] logits, int[] labels, double temperature) => logits.Chunk(10).Zip(labels).Sum(image =>
        Math.Log(image.First.Sum(logit => Math.Exp(logit / temperature))) - (image.First[image.Second] / temperature));
}
