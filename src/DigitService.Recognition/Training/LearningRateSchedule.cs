using TorchSharp.Modules;
using static TorchSharp.torch.optim;
using LRScheduler = TorchSharp.torch.optim.lr_scheduler.LRScheduler;

namespace DigitService.Recognition.Training;

/// <summary>A run's optimiser with the schedule that sets its learning rate.</summary>
internal sealed class LearningRateSchedule
{
    // What the second of two cycles rises to, as a share of the first one's highest rate.
    private const double SecondCycle = 0.25;

    private readonly OptimizerHelper _optimizer;
    private readonly ScheduleKind _kind;
    private readonly TrainingOptions _options;
    private readonly Queue<(double LearningRate, int Steps)> _cycles = [];
    private LRScheduler? _scheduler;
    private int _stepsLeft;

    internal LearningRateSchedule(OptimizerHelper optimizer, TrainingOptions options, int batchesPerEpoch)
    {
        _optimizer = optimizer;
        _options = options;
        _kind = options.Schedule;
        _scheduler = _kind switch
        {
            ScheduleKind.Step => lr_scheduler.StepLR(optimizer, Math.Max(1, (options.Epochs + 2) / 3)),
            ScheduleKind.Plateau => lr_scheduler.ReduceLROnPlateau(optimizer, "max", factor: 0.5, patience: 1, threshold: 0),
            ScheduleKind.Cosine => lr_scheduler.CosineAnnealingLR(optimizer, options.Epochs * batchesPerEpoch),
            _ => null,
        };

        var (begin, rate) = (0, options.LearningRate);
        foreach (var end in Ends(options))
        {
            _cycles.Enqueue((rate, (end - begin) * batchesPerEpoch));
            (begin, rate) = (end, SecondCycle * options.LearningRate);
        }

        BeginCycle();
    }

    /// <summary>The epochs, from 1, with which the schedule's cycles end; none if it has no cycle.</summary>
    internal static IReadOnlyList<int> Ends(TrainingOptions options) => options.Schedule switch
    {
        ScheduleKind.OneCycle => [options.Epochs],
        ScheduleKind.Cycles => [options.Epochs - Math.Max(1, options.Epochs / 10), options.Epochs],
        _ => [],
    };

    // The momentum falls while the learning rate rises, and rises while it falls: Adam's first beta between the values
    // of the paper, a momentum that was asked for from itself to a tenth less.
    private LRScheduler OneCycle(double learningRate, int steps) => _options.Optimizer switch
    {
        OptimizerKind.Sgd => lr_scheduler.OneCycleLR(_optimizer, learningRate, steps, cycle_momentum: false),
        OptimizerKind.Momentum => lr_scheduler.OneCycleLR(
            _optimizer,
            learningRate,
            steps,
            base_momentum: Math.Max(0, _options.Momentum - 0.1),
            max_momentum: _options.Momentum),
        _ => lr_scheduler.OneCycleLR(_optimizer, learningRate, steps),
    };

    private void BeginCycle()
    {
        if (_cycles.TryDequeue(out var cycle))
        {
            _scheduler = OneCycle(cycle.LearningRate, cycle.Steps);
            _stepsLeft = cycle.Steps;
        }
    }

    /// <summary>The learning rate of the next step.</summary>
    internal double LearningRate => _optimizer.ParamGroups.First().LearningRate;

    /// <summary>Takes the schedule to where it was after some steps and epochs.</summary>
    internal void Replay(int steps, IEnumerable<EpochMetrics> epochs)
    {
        for (var i = 0; i < steps; i++)
        {
            AfterStep();
        }

        foreach (var epoch in epochs)
        {
            AfterEpoch(epoch.ValidationAccuracy);
        }
    }

    internal void AfterStep()
    {
        if (_kind is ScheduleKind.Cosine or ScheduleKind.OneCycle or ScheduleKind.Cycles)
        {
            _scheduler!.step();
        }

        if (_stepsLeft > 0 && --_stepsLeft == 0)
        {
            BeginCycle();
        }
    }

    internal void AfterEpoch(double? validationAccuracy)
    {
        switch (_kind)
        {
            case ScheduleKind.Step:
                _scheduler!.step();
                break;
            case ScheduleKind.Plateau:
                _scheduler!.step(validationAccuracy!.Value);
                break;
        }
    }
}
