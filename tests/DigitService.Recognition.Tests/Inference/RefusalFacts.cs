using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;

namespace DigitService.Recognition.Tests.Inference;

public sealed class RefusalFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsProbablyNoDigitIsNotTrustedAndStillHasItsNearestDigit()
    {
        var prediction = Read(TellingModel.NoDigit);
        Assert.Equal("This does not look like a digit.", prediction.Reason);
        Assert.Equal(4, prediction.Digit);
        Assert.InRange(prediction.IsDigit!.Value, 0.04, 0.06);
        Assert.InRange(prediction.Confidence, 0.9, 0.95);
        Assert.Equal(1, prediction.Probabilities.Sum(), 5);
    }

    [Fact]
    public void ADigitOfWhichNoneIsMoreProbableThanTheOthersTogetherNamesTheTwoThatItCouldBe()
    {
        var prediction = Read(TellingModel.Undecided);
        Assert.Equal("This could be a 4 or a 9; neither is probable enough.", prediction.Reason);
        Assert.InRange(prediction.IsDigit!.Value, 0.99, 1);
    }

    [Fact]
    public void ADigitIsTrusted()
    {
        var prediction = Read(TellingModel.Five);
        Assert.Null(prediction.Reason);
        Assert.Equal(5, prediction.Digit);
        Assert.InRange(prediction.IsDigit!.Value, 0.99, 1);
    }

    private Prediction Read(IReadOnlyList<(int Class, float Logit)> answer)
    {
        var models = _folder.File("models");
        using var model = new ModelRegistry(models).Load(TellingModel.Register(models, answer));
        return new DigitReader(model).Predict(new byte[784]);
    }
}
