using DigitService.Recognition.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace DigitService.Recognition.Tests.Training;

public class LearningRateScheduleFacts
{
    private const int BatchesPerEpoch = 10;

    private static readonly TrainingOptions _options = new() { Epochs = 6, LearningRate = 0.1 };

    [Fact]
    public void NoneStays() => Assert.All(Rates(ScheduleKind.None), rate => Assert.Equal(0.1, rate));

    [Fact]
    public void StepTakesATenthAfterEachThird() =>
        Assert.Equal([0.1, 0.1, 0.01, 0.01, 0.001, 0.001], EpochStarts(Rates(ScheduleKind.Step)), Near);

    [Fact]
    public void CosineFallsToNothing()
    {
        var rates = Rates(ScheduleKind.Cosine);
        Assert.Equal(0.1, rates[0]);
        Assert.Equal(0.05, rates[30], 1e-9);
        Assert.Equal(0, rates[60], 1e-9);
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Fact]
    public void OneCycleRisesForThreeTenthsAndFallsToNothing()
    {
        var rates = Rates(ScheduleKind.OneCycle)[..60];
        Assert.Equal(0.1 / 25, rates[0], 1e-9);
        Assert.InRange(Array.IndexOf(rates, rates.Max()), 16, 18);
        Assert.Equal(0.1, rates.Max(), 1e-3);
        Assert.InRange(rates[59], 0, 1e-5);
    }

    [Fact]
    public void OneCycleLeadsTheMomentumDownAndUpAgain()
    {
        using var network = torch.nn.Linear(1, 1);
        using var optimizer = torch.optim.SGD(network.parameters(), 0.1, 0.6);
        var options = _options with { Optimizer = OptimizerKind.Momentum, Momentum = 0.6, Schedule = ScheduleKind.OneCycle };
        var schedule = new LearningRateSchedule(optimizer, options, BatchesPerEpoch);
        var momenta = new List<double>();
        for (var step = 0; step < 60; step++)
        {
            momenta.Add(optimizer.ParamGroups.Cast<SGD.ParamGroup>().Single().Momentum);
            schedule.AfterStep();
        }

        Assert.Equal(0.6, momenta[0], 1e-9);
        Assert.Equal(0.5, momenta.Min(), 1e-3);
        Assert.Equal(0.6, momenta[^1], 1e-3);
    }

    [Fact]
    public void CyclesRiseTwiceAndTheSecondTimeToAQuarter()
    {
        var rates = Rates(ScheduleKind.Cycles)[..60];
        double[][] cycles = [rates[..50], rates[50..]];
        Assert.Equal([0.1, 0.025], cycles.Select(cycle => cycle.Max()), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal([0.1 / 25, 0.025 / 25], cycles.Select(cycle => cycle[0]), Near);
        Assert.All(cycles, cycle => Assert.InRange(cycle[^1], 0, 1e-5));
    }

    [Theory]
    [InlineData(2, new[] { 1, 2 })]
    [InlineData(19, new[] { 18, 19 })]
    [InlineData(62, new[] { 56, 62 })]
    public void CyclesEndWithWholeEpochs(int epochs, int[] ends) => Assert.Equal(
        ends, LearningRateSchedule.Ends(_options with { Schedule = ScheduleKind.Cycles, Epochs = epochs }));

    [Fact]
    public void PlateauHalvesAfterTwoEpochsWithoutGain() =>
        Assert.Equal(
            [0.1, 0.1, 0.1, 0.05, 0.05, 0.05],
            EpochStarts(Rates(ScheduleKind.Plateau, 0.9, 0.9, 0.8, 0.95, 0.95, 0.9)),
            Near);

    // The rates of all steps, and the one after them.
    private static double[] Rates(ScheduleKind kind, params double[] accuracies)
    {
        using var network = torch.nn.Linear(1, 1);
        using var optimizer = torch.optim.Adam(network.parameters(), _options.LearningRate);
        var schedule = new LearningRateSchedule(optimizer, _options with { Schedule = kind }, BatchesPerEpoch);
        var rates = new List<double>();
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            for (var batch = 0; batch < BatchesPerEpoch; batch++)
            {
                rates.Add(schedule.LearningRate);
                schedule.AfterStep();
            }

            schedule.AfterEpoch(accuracies.ElementAtOrDefault(epoch));
        }

        return [.. rates, schedule.LearningRate];
    }

    private static IEnumerable<double> EpochStarts(double[] rates) => rates.Chunk(BatchesPerEpoch).Take(_options.Epochs).Select(epoch => epoch[0]);

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
