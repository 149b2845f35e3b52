using TorchSharp.Modules;
using static TorchSharp.torch.optim;
using LRScheduler = TorchSharp.torch.optim.lr_scheduler.LRScheduler;

namespace DigitService.Recognition.Training;

/// <summary>A run's optimiser with the schedule that sets its learning rate.</summary>
internal sealed class LearningRateSchedule
{
    private readonly OptimizerHelper _optimizer;
    private readonly ScheduleKind _kind;
    private readonly LRScheduler? _scheduler;

    internal LearningRateSchedule(OptimizerHelper optimizer, TrainingOptions options, int batchesPerEpoch)
    {
        _optimizer = optimizer;
        _kind = options.Schedule;
        var steps = options.Epochs * batchesPerEpoch;
        _scheduler = _kind switch
        {
            ScheduleKind.Step => lr_scheduler.StepLR(optimizer, Math.Max(1, (options.Epochs + 2) / 3)),
            ScheduleKind.Plateau => lr_scheduler.ReduceLROnPlateau(optimizer, "max", factor: 0.5, patience: 1, threshold: 0),
            ScheduleKind.Cosine => lr_scheduler.CosineAnnealingLR(optimizer, steps),

            ScheduleKind.OneCycle => OneCycle(optimizer, options, steps),
            _ => null,
        };
    }

    // The momentum falls while the learning rate rises, and rises while it falls: Adam's first beta between the values
    // of the paper, a momentum that was asked for from itself to a tenth less.
    private static LRScheduler OneCycle(OptimizerHelper optimizer, TrainingOptions options, int steps) =>
        options.Optimizer switch
        {
            OptimizerKind.Sgd => lr_scheduler.OneCycleLR(optimizer, options.LearningRate, steps, cycle_momentum: false),
            OptimizerKind.Momentum => lr_scheduler.OneCycleLR(
                optimizer,
                options.LearningRate,
                steps,
                base_momentum: Math.Max(0, options.Momentum - 0.1),
                max_momentum: options.Momentum),
            _ => lr_scheduler.OneCycleLR(optimizer, options.LearningRate, steps),
        };

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
        if (_kind is ScheduleKind.Cosine or ScheduleKind.OneCycle)
        {
            _scheduler!.step();
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
