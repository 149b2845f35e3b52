using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace LibTorch.Tests.Parity;

/// <summary>The learning-rate schedulers follow PyTorch's, and TorchSharp's where it goes another way.</summary>
public class SchedulerParityFacts
{
    public static TheoryData<string> Cases => OptimFixture.Names("schedulers");

    [Theory]
    [MemberData(nameof(Cases))]
    public void RatesAndMomentaFollowPyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var expected = OptimFixture.Case("schedulers", name);
        var rows = expected.GetProperty("rows").Deserialize<double[][][]>()!;
        var metrics = expected.GetProperty("metrics").Deserialize<double[]>();
        using var optimizer = Grouped(expected.Text("optimizer"), rows[0].Length == 2 ? [0.5, 0.03125] : [0.5]);
        var scheduler = Scheduler(expected.Text("kind"), optimizer, expected.GetProperty("options"));
        for (var step = 0; step < rows.Length; step++)
        {
            if (step > 0)
            {
                Step(scheduler, metrics?[step - 1]);
            }

            foreach (var (index, group) in optimizer.ParamGroups.Index())
            {
                AssertClose(rows[step][index][0], group.LearningRate, step);
                AssertClose(rows[step][index][1], Momentum(group), step);
            }
        }

        if (metrics is null)
        {
            Assert.Equal(optimizer.ParamGroups.Select(group => group.LearningRate), scheduler.get_last_lr());
        }
    }

    [Fact]
    public void AStepToAnEpochUsesTheClosedForm()
    {
        using var scope = NewDisposeScope();
        using var optimizer = Grouped("SGD", [0.5]);
        var steps = StepLR(optimizer, 10, 0.5);
        steps.step((int?)25);
        Assert.Equal(0.125, optimizer.ParamGroups.Single().LearningRate);
    }

    // PyTorch takes both groups to the second phase.
    [Fact]
    public void TheSecondGroupOfACycleInTwoPhasesStaysInItsFirstPhase()
    {
        using var scope = NewDisposeScope();
        using var optimizer = Grouped("SGD", [0.5, 0.5]);
        var scheduler = OneCycleLR(
            optimizer, 0.5, total_steps: 20, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear);
        for (var step = 0; step < 19; step++)
        {
            scheduler.step();
        }

        double[] rates = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
        AssertClose(0.5 / 25 / 1e4, rates[0], 19);
        AssertClose((0.48 * 19 / 5) + 0.02, rates[1], 19);

        scheduler.step();
        Assert.Equal(0, optimizer.ParamGroups.First().LearningRate);
        Assert.Throws<InvalidOperationException>(scheduler.step);
    }

    // PyTorch's get_last_lr tells the reduced rate.
    [Fact]
    public void APlateauLeavesTheLastRatesAlone()
    {
        using var scope = NewDisposeScope();
        using var optimizer = Grouped("SGD", [0.5]);
        var scheduler = ReduceLROnPlateau(optimizer, patience: 0);
        scheduler.step(1.0);
        scheduler.step(1.0);
        Assert.Equal(0.05, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal([0.5], scheduler.get_last_lr());
        Assert.Throws<InvalidOperationException>(scheduler.step);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        using var scope = NewDisposeScope();
        using var optimizer = Grouped("Adam", [0.5]);
        Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, mode: "mean"));
        Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, threshold_mode: "log"));
        Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, factor: 1));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.5));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.5, total_steps: 0));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.5, epochs: 3, steps_per_epoch: 0));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.5, total_steps: 9, pct_start: 2));
    }

    private static Optimizer Grouped(string kind, double[] rates) => kind == "SGD"
        ? SGD(rates.Select(rate => new SGD.ParamGroup([new Parameter(zeros(1))], lr: rate, momentum: 0.5)), 0.1, 0.5)
        : Adam(rates.Select(rate => new Adam.ParamGroup([new Parameter(zeros(1))], lr: rate)));

    private static LRScheduler Scheduler(string kind, Optimizer optimizer, JsonElement options) => kind switch
    {
        "StepLR" => StepLR(optimizer, options.Whole("step_size", 0), options.Number("gamma", 0.1)),
        "CosineAnnealingLR" => CosineAnnealingLR(optimizer, options.Number("T_max", 0), options.Number("eta_min", 0)),
        "OneCycleLR" => Cycle(optimizer, options),
        "ReduceLROnPlateau" => ReduceLROnPlateau(
            optimizer,
            options.TryGetProperty("mode", out var mode) ? mode.GetString()! : "min",
            options.Number("factor", 0.1),
            options.Whole("patience", 10),
            options.Number("threshold", 1e-4),
            options.TryGetProperty("threshold_mode", out var how) ? how.GetString()! : "rel",
            options.Whole("cooldown", 0),
            options.TryGetProperty("min_lr", out var least) ? least.Deserialize<double[]>() : null,
            options.Number("eps", 1e-8)),
        _ => throw new ArgumentException(kind),
    };

    private static LRScheduler Cycle(Optimizer optimizer, JsonElement options)
    {
        var highest = options.GetProperty("max_lr");
        var rates = highest.ValueKind == JsonValueKind.Array
            ? highest.Deserialize<double[]>()!
            : [highest.GetDouble()];
        var groups = optimizer.ParamGroups.Count();
        return OneCycleLR(
            optimizer,
            rates,
            options.Whole("total_steps", -1),
            options.Whole("epochs", -1),
            options.Whole("steps_per_epoch", -1),
            options.Number("pct_start", 0.3),
            options.TryGetProperty("anneal_strategy", out var how) && how.GetString() == "linear"
                ? impl.OneCycleLR.AnnealStrategy.Linear
                : impl.OneCycleLR.AnnealStrategy.Cos,
            options.Flag("cycle_momentum", true),
            Enumerable.Repeat(options.Number("base_momentum", 0.85), groups),
            Enumerable.Repeat(options.Number("max_momentum", 0.95), groups),
            options.Number("div_factor", 25),
            options.Number("final_div_factor", 1e4),
            options.Flag("three_phase"));
    }

    private static void Step(LRScheduler scheduler, double? metric)
    {
        if (metric is { } value)
        {
            scheduler.step(value);
        }
        else
        {
            scheduler.step();
        }
    }

    private static double Momentum(ILearningRateController group) =>
        group is IMomentum inertia ? inertia.Momentum : ((IBetas)group).Betas.Item1;

    private static void AssertClose(double expected, double actual, int step) => Assert.True(
        Math.Abs(actual - expected) <= 1e-12 + (1e-12 * Math.Abs(expected)), $"step {step}: {actual}, not {expected}");
}
