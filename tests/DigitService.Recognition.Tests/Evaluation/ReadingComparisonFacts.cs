using DigitService.Recognition.Evaluation;

namespace DigitService.Recognition.Tests.Evaluation;

public class ReadingComparisonFacts
{
    // Binomial tails of a fair coin, from scipy.stats.binomtest(for, for + against, alternative='greater').
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 0.03125)]
    [InlineData(4, 0, 0.0625)]
    [InlineData(0, 5, 1)]
    [InlineData(9, 1, 0.0107421875)]
    [InlineData(7, 5, 0.38720703125)]
    [InlineData(60, 40, 0.02844396682049039)]
    public void TheSignTestIsTheTailOfAFairCoin(int better, int worse, double expected) =>
        Assert.Equal(expected, SignTest.Chance(better, worse), 1e-9);

    [Fact]
    public void TheSignTestBearsAsManyImagesAsThereAre()
    {
        Assert.Equal(0.5, SignTest.Chance(5_000, 5_000), 0.005);
        Assert.InRange(SignTest.Chance(10_000, 0), 0, 1e-300);
        Assert.Throws<ArgumentOutOfRangeException>(() => SignTest.Chance(-1, 0));
    }

    [Fact]
    public void WhatOnlyOneReportHasWrongIsAChangeAndTheWrongOnesComeFirst()
    {
        var comparison = ReadingComparison.Of(MadeReport.Of(100, 3, 12, 40), MadeReport.Of(100, 12, 77))!;
        Assert.Equal((100, 2, 1), (comparison.Images, comparison.NowRight, comparison.NowWrong));
        Assert.Equal([77, 3, 40], comparison.Changes.Select(change => change.Index!.Value));
        Assert.Equal([false, true, true], comparison.Changes.Select(change => change.IsRight));
        var worse = comparison.Changes[0];
        Assert.Equal((7, null, new Reading(7, null)), (worse.Actual, worse.Sample, worse.Before));
        Assert.Equal(8, worse.After.Digit);
        Assert.Equal(0.91f, worse.After.Confidence!.Value, 1e-6f);
        Assert.Equal((4, 3), (comparison.Changes[1].Before.Digit, comparison.Changes[1].After.Digit));
    }

    [Fact]
    public void ReportsOnOtherImagesAreNotCompared()
    {
        Assert.Null(ReadingComparison.Of(MadeReport.Of(100), MadeReport.Of(90)));
        var other = MadeReport.Of(100, 5) with { Mistakes = [new Mistake(5, 1, 2, 0.5f)] };
        Assert.Null(ReadingComparison.Of(MadeReport.Of(100, 5), other));
    }
}
