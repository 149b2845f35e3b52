using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public class LossHistoryFacts
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_024)]
    [InlineData(LossHistory.Capacity)]
    public void ACurveThatFitsIsKeptAsItIs(int steps) =>
        Assert.Equal(Steps(1, steps), History(steps).Points.ToArray());

    [Theory]
    [InlineData(LossHistory.Capacity + 1)]
    [InlineData(500_000)]
    public void ALongerCurveHasItsLatestStepsAndTheMeansOfTheOthers(int steps)
    {
        var points = History(steps).Points.ToArray();
        Assert.InRange(points.Length, LossHistory.Capacity / 2, LossHistory.Capacity);
        Assert.Equal(Steps(steps - 1_000, steps), points[^1_001..]);
        RequireMeans(points, 0, steps);
    }

    [Fact]
    public void WhatWasReadStaysAsItWasWhileTheCurveGrows()
    {
        var history = History(LossHistory.Capacity);
        var before = history.Points;
        foreach (var point in Steps(LossHistory.Capacity + 1, 2 * LossHistory.Capacity))
        {
            history.Add(point);
        }

        Assert.Equal(Steps(1, LossHistory.Capacity), before.ToArray());
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(0, 100, 100)]
    [InlineData(0, 101, 51)]
    [InlineData(0, 10_000, 79)]
    [InlineData(37, 10_037, 79)]
    [InlineData(37, 38, 1)]
    [InlineData(37, 37, 0)]
    public void AThinnedCurveIsConsecutiveMeans(int before, int last, int count)
    {
        var thinned = LossHistory.Thin([.. Steps(before + 1, last)], before, 100);
        Assert.Equal(count, thinned.Count);
        RequireMeans([.. thinned], before, last);
    }

    [Fact]
    public void AMergedCurveIsThinnedToTheSameMeans() =>
        RequireMeans([.. LossHistory.Thin(History(500_000).Points.Span, 0, 1_000)], 0, 500_000);

    private static LossHistory History(int steps)
    {
        var history = new LossHistory();
        foreach (var point in Steps(1, steps))
        {
            history.Add(point);
        }

        return history;
    }

    private static IEnumerable<LossPoint> Steps(int first, int last) =>
        Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(step => new LossPoint(step, 1 + (step % 7), 1e-3 / step));

    private static void RequireMeans(LossPoint[] points, int before, int last)
    {
        Assert.Equal(last, points.Length == 0 ? before : points[^1].Step);
        foreach (var point in points)
        {
            Assert.Equal(Steps(before + 1, point.Step).Average(step => step.Loss), point.Loss, 1e-9);
            Assert.Equal(1e-3 / point.Step, point.LearningRate);
            before = point.Step;
        }
    }
}
