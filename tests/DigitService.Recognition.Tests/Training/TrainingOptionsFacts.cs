using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

public class TrainingOptionsFacts
{
    private static readonly TrainingOptions _valid = new();

    public static TheoryData<string, TrainingOptions> OutOfRange => new()
    {
        { "Epochs is 0", _valid with { Epochs = 0 } },
        { "BatchSize is 1", _valid with { BatchSize = 1, Replicas = 1 } },
        { "BatchSize is 10001", _valid with { BatchSize = 10_001 } },
        { "LearningRate is NaN", _valid with { LearningRate = double.NaN } },
        { "LearningRate is 0", _valid with { LearningRate = 0 } },
        { "WeightDecay is -1", _valid with { WeightDecay = -1 } },
        { "LabelSmoothing is 1", _valid with { LabelSmoothing = 1 } },
        { "DrawnDigits is -0.1", _valid with { DrawnDigits = -0.1 } },
        { "DrawnDigits is 1.1", _valid with { DrawnDigits = 1.1 } },
        { "WeightAveraging is 1", _valid with { WeightAveraging = 1 } },
        { "WeightAveraging is -1", _valid with { WeightAveraging = -1 } },
        { "BaseShare is 0.4", _valid with { BaseShare = 0.4 } },
        { "BaseShare is 1", _valid with { Base = "base", BaseShare = 1 } },
        { "NonDigits is 0.3", _valid with { NonDigits = 0.3 } },
        { "NonDigits is 0", _valid with { Network = "vgg" } },
        { "NonDigits is 2", _valid with { Network = "vgg", NonDigits = 2 } },
        { "GradientClipping is Infinity", _valid with { GradientClipping = double.PositiveInfinity } },
        { "EarlyStopping is -1", _valid with { EarlyStopping = -1 } },
        { "EarlyStopping is 2", _valid with { Schedule = ScheduleKind.Cycles, Epochs = 2, EarlyStopping = 2 } },
        { "Epochs is 1", _valid with { Schedule = ScheduleKind.Cycles, Epochs = 1 } },
        { "ValidationSize is 60000", _valid with { ValidationSize = 60_000 } },
        { "TrainSize is 5", _valid with { TrainSize = 5 } },
        { "TrainSize is 100", _valid with { ValidationSize = 59_950, TrainSize = 100 } },
        { "TrainSize is 10", _valid with { TrainSize = 10, Replicas = 6 } },
        { "Replicas is 0", _valid with { Replicas = 0 } },
        { "Replicas is 5", _valid with { Replicas = 5, BatchSize = 8 } },
        { "Rotation is 200", _valid with { Augmentation = new Augmentation { Rotation = 200 } } },
        { "Momentum is 0", _valid with { Optimizer = OptimizerKind.Momentum } },
        { "Momentum is 0.9", _valid with { Momentum = 0.9 } },
        { "EarlyStopping is 3", _valid with { EarlyStopping = 3, ValidationSize = 0 } },
        { "Schedule is Plateau", _valid with { Schedule = ScheduleKind.Plateau, ValidationSize = 0 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void WhatDoesNotFitIsNamedWithWhatIsAccepted(string begins, TrainingOptions options)
    {
        var error = Assert.Throws<InvalidInputException>(options.Validate);
        Assert.StartsWith(begins + "; accepted: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsFromBeforeThereWasAKnobHaveItOff()
    {
        var options = JsonSerializer.Deserialize<TrainingOptions>("""{"network": "cnn", "epochs": 3}""", RecognitionJson.Options)!;
        options.Validate();
        Assert.Equal((3, 0, 0, 0), (options.Epochs, options.DrawnDigits, options.NonDigits, options.WeightAveraging));
    }

    [Fact]
    public void MoreImagesThanThereAreAreRefused()
    {
        var images = Mnist.First(100, 1).Train;
        Assert.Throws<InvalidInputException>(() => new Trainer(_valid with { ValidationSize = 200 }, images));
        Assert.Throws<InvalidInputException>(() => new Trainer(_valid with { ValidationSize = 50, TrainSize = 60 }, images));
        var error = Assert.Throws<InvalidInputException>(() => new Trainer(_valid with { ValidationSize = 97 }, images));
        Assert.Contains("two images for each of the 2 replicas", error.Message, StringComparison.Ordinal);
    }
}
