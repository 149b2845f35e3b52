using DigitService.Recognition.Data;
using DigitService.Recognition.Training;

namespace DigitService.Cli;

/// <summary>Training options in words.</summary>
internal static class OptionsText
{
    /// <summary>Every option by name, in the order of <c>train --help</c>.</summary>
    internal static IReadOnlyList<(string Name, string Value)> All(TrainingOptions options) =>
    [
        ("Network", options.Network),
        ("Base", options.Base ?? "none"),
        ("Feedback", options.Feedback ? "learned from" : "off"),
        ("Epochs", Figures.Text($"{options.Epochs:N0}")),
        ("Batch size", Figures.Text($"{options.BatchSize:N0}")),
        ("Learning rate", Figures.Text($"{options.LearningRate}")),
        ("Optimizer", Choice.WordOf(options.Optimizer)),
        ("Momentum", Figures.Text($"{options.Momentum}")),
        ("Schedule", Choice.WordOf(options.Schedule)),
        ("Gradient clipping", OrOff(options.GradientClipping)),
        ("Weight decay", OrOff(options.WeightDecay)),
        ("Label smoothing", OrOff(options.LabelSmoothing)),
        ("Weight averaging", OrOff(options.WeightAveraging)),
        ("Base share", OrOff(options.BaseShare)),
        ("Early stopping", options.EarlyStopping == 0 ? "off" : Figures.Count(options.EarlyStopping, "epoch", "epochs")),
        ("Augmentation", Of(options.Augmentation)),
        ("Drawn digits", OrOff(options.DrawnDigits)),
        ("Non-digits", OrOff(options.NonDigits)),
        ("Data", options.Data ?? Dataset.Mnist),
        ("Train size", options.TrainSize is { } size ? Figures.Text($"{size:N0}") : "all"),
        ("Validation size", Figures.Text($"{options.ValidationSize:N0}")),
        ("Normalization", Choice.WordOf(options.Normalization)),
        ("Seed", Figures.Text($"{options.Seed}")),
        ("Replicas", Figures.Text($"{options.Replicas}")),
    ];

    /// <summary>How a run learns, in a line.</summary>
    internal static string Learning(TrainingOptions options)
    {
        string?[] parts =
        [
            Figures.Text($"{Choice.WordOf(options.Optimizer)} {options.LearningRate}"),
            options.Momentum == 0 ? null : Figures.Text($"momentum {options.Momentum}"),
            options.Schedule == ScheduleKind.None ? null : $"schedule {Choice.WordOf(options.Schedule)}",
            Figures.Text($"batch {options.BatchSize:N0}"),
            Figures.Count(options.Epochs, "epoch", "epochs"),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>What a run does against overfitting, in a line; null if nothing.</summary>
    internal static string? Regularization(TrainingOptions options)
    {
        string?[] parts =
        [
            options.Augmentation.IsNone ? null : $"augmentation {Of(options.Augmentation)}",
            options.WeightDecay == 0 ? null : Figures.Text($"weight decay {options.WeightDecay}"),
            options.LabelSmoothing == 0 ? null : Figures.Text($"label smoothing {options.LabelSmoothing}"),
            options.DrawnDigits == 0 ? null : Figures.Text($"{options.DrawnDigits} digits drawn an image"),
            options.NonDigits == 0 ? null : Figures.Text($"{options.NonDigits} non-digits an image"),
            options.WeightAveraging == 0 ? null : Figures.Text($"weights averaged by {options.WeightAveraging}"),
            options.BaseShare == 0 ? null : Figures.Text($"{options.BaseShare} of the weights from the base"),
            options.GradientClipping == 0 ? null : Figures.Text($"gradients up to {options.GradientClipping}"),
            options.EarlyStopping == 0 ? null : $"stops after {Figures.Count(options.EarlyStopping, "epoch", "epochs")} without gain",
        ];
        var line = string.Join(", ", parts.Where(part => part is not null));
        return line.Length > 0 ? line : null;
    }

    private static string Of(Augmentation augmentation)
    {
        var preset = Augmentation.Names.FirstOrDefault(name => Augmentation.Named(name) == augmentation);
        if (preset is not null || augmentation.IsNone)
        {
            return preset ?? "none";
        }

        string?[] parts =
        [
            augmentation.Rotation == 0 ? null : Figures.Text($"rotation {augmentation.Rotation}°"),
            augmentation.Translation == 0 ? null : Figures.Text($"translation {augmentation.Translation} px"),
            augmentation.Scale == 0 ? null : Figures.Text($"scale {augmentation.Scale}"),
            augmentation.Shear == 0 ? null : Figures.Text($"shear {augmentation.Shear}°"),
            augmentation.ElasticStrength == 0
                ? null
                : Figures.Text($"elastic {augmentation.ElasticStrength} of {augmentation.ElasticSmoothness} px"),
            augmentation.Degradation == 0 ? null : Figures.Text($"degradation {augmentation.Degradation}"),
            augmentation.Gentle == 0 ? null : Figures.Text($"gentle {augmentation.Gentle}"),
            augmentation.GentleAfter == 0 ? null : Figures.Text($"gentle after {augmentation.GentleAfter} of the epochs"),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string OrOff(double value) => value == 0 ? "off" : Figures.Text($"{value}");
}
