using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

/// <summary>What becomes of options on datasets of other sizes than MNIST's.</summary>
public class FittedOptionsFacts
{
    private static readonly TrainingOptions _options = new() { Data = "scans" };

    [Theory]
    [InlineData(120, 20)]
    [InlineData(29_999, 4_999)]
    [InlineData(60_000, 5_000)]
    [InlineData(240_000, 5_000)]
    public void AtMostASixthIsHeldOutWhereNobodySaysHowMany(int images, int expected) =>
        Assert.Equal(_options with { ValidationSize = expected }, _options.FittedTo(images, null, null));

    [Fact]
    public void WhatWasAskedForStaysOrIsRefused()
    {
        var fitted = (_options with { ValidationSize = 60, TrainSize = 50 }).FittedTo(120, 60, 50);
        Assert.Equal((60, 50), (fitted.ValidationSize, fitted.TrainSize));
        Refused("ValidationSize is 120; accepted: 0 to 119, since there are 120 images.", 120, null);
        Refused("TrainSize is 101; accepted: 10 to 100, since ValidationSize is 20 of 120 images.", null, 101);
    }

    [Fact]
    public void ARecipesTrainingSizeShrinksWithTheDataset() =>
        Assert.Equal(100, (_options with { TrainSize = 5_000 }).FittedTo(120, null, null).TrainSize);

    private static void Refused(string sentence, int? validationSize, int? trainSize) => Assert.Equal(
        sentence, Assert.Throws<InvalidInputException>(() => _options.FittedTo(120, validationSize, trainSize)).Message);
}
