using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Training;

/// <summary>
/// How a model learns something more and forgets nothing: in few and small steps, over what it has learned before too. It
/// sees the images in the way in which its base did, and those that the base was chosen by stay held out.
/// </summary>
public static class FineTuningRecipe
{
    private const int TrainSize = 22_000;

    /// <summary>What a base is fine-tuned with where nothing else is asked for.</summary>
    public static TrainingOptions Of(ModelInfo model)
    {
        var known = model.Options ?? NetworkCatalog.Require(model.Network).Recipe;
        return known with
        {
            Network = model.Network,
            Normalization = model.Normalization,
            Base = model.Id,
            Feedback = false,
            Epochs = 1,
            BatchSize = 128,
            Optimizer = OptimizerKind.Adam,
            LearningRate = 1e-3,
            Momentum = 0,
            WeightDecay = 0,
            Schedule = ScheduleKind.OneCycle,
            WeightAveraging = 0.985,
            BaseShare = 0.25,
            GradientClipping = 0,
            EarlyStopping = 0,
            TrainSize = Math.Min(TrainSize, 60_000 - known.ValidationSize),
        };
    }

    /// <summary>What a fine-tuned model is called where nobody calls it anything.</summary>
    public static string? NameOf(ModelInfo model, TrainingOptions options)
    {
        const string WithFeedback = " + feedback";
        var name = model.Name ?? model.Network;
        return !options.Feedback ? null : name.EndsWith(WithFeedback, StringComparison.Ordinal) ? name : name + WithFeedback;
    }
}
