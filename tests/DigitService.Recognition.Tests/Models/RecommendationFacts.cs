using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;

namespace DigitService.Recognition.Tests.Models;

public class RecommendationFacts
{
    [Fact]
    public void CorrectedPicturesThatAreReadBetterThanByChanceSpeakForTheNewModel() => Require(
        Verdict.Activate,
        "Of 23 corrected pictures held out, 9 more are read right and 0 are no longer, which chance hardly explains (p = 0.002), and MNIST's accuracy fell by 0.02 points.",
        mnist: Read(10_000, 3, 5), drop: 0.02, feedback: Read(23, 9, 0));

    [Fact]
    public void AFewCorrectedPicturesProveNothing() => Require(
        Verdict.Undecided,
        "Of 4 corrected pictures held out, 4 more are read right and 0 are no longer, which can be chance (p = 0.06): more corrected pictures would tell; MNIST's accuracy is the same.",
        mnist: Read(10_000, 3, 3), drop: 0, feedback: Read(4, 4, 0));

    [Fact]
    public void CorrectedPicturesThatAreReadWorseSpeakForTheOldModel() => Require(
        Verdict.Keep,
        "Of 23 corrected pictures held out, 1 more are read right and 2 are no longer: the model reads them worse, and MNIST's accuracy rose by 0.05 points.",
        mnist: Read(10_000, 9, 4), drop: -0.05, feedback: Read(23, 1, 2));

    [Fact]
    public void WhereNothingChangesNothingIsRecommended() => Require(
        Verdict.Undecided, "nothing speaks for either model", mnist: Read(10_000, 0, 0), drop: 0, feedback: Read(23, 0, 0));

    [Fact]
    public void WhoeverForgetsAndLearnsNothingIsNotRecommended() => Require(
        Verdict.Keep,
        "nothing is gained, and MNIST's accuracy fell by 0.09 points, which chance hardly explains (p = 0.0245).",
        mnist: Read(10_000, 4, 13), drop: 0.09, feedback: Read(20, 0, 0));

    [Fact]
    public void WhoeverReadsMnistBetterAndForgetsNothingIsRecommended() => Require(
        Verdict.Activate,
        "nothing is lost, and MNIST's accuracy rose by 0.09 points, which chance hardly explains (p = 0.0245).",
        mnist: Read(10_000, 13, 4), drop: -0.09, feedback: Read(20, 1, 1));

    [Fact]
    public void WhoeverForgetsTooMuchIsNotRecommendedWhateverItHasLearned() => Require(
        Verdict.Keep,
        "On MNIST's test images the model is 0.11 points worse, and more than 0.1 is too much to have forgotten.",
        mnist: Read(10_000, 0, 11), drop: 0.11, feedback: Read(23, 23, 0));

    [Fact]
    public void WithoutMnistNobodyKnowsWhatWasForgotten() => Require(
        Verdict.Undecided, "what became of MNIST's test images is not known.", mnist: null, drop: null, feedback: Read(23, 23, 0));

    [Theory]
    [InlineData(20, 5, -0.15, Verdict.Activate, "p = 0.002")]
    [InlineData(7, 5, -0.02, Verdict.Undecided, "can be chance (p = 0.39)")]
    [InlineData(0, 9, 0.09, Verdict.Keep, "p = 0.002")]
    public void WithoutCorrectedPicturesTheTestImagesDecide(int right, int wrong, double drop, Verdict verdict, string told) =>
        Require(verdict, told, Read(10_000, right, wrong), drop, feedback: null);

    [Fact]
    public void WithoutAnythingThatBothHaveReadNothingIsRecommended() =>
        Require(Verdict.Undecided, "neither test images nor corrected pictures", mnist: null, drop: null, feedback: null);

    private static ReadingComparison Read(int images, int nowRight, int nowWrong) => new(
        images,
        [.. Enumerable.Range(0, nowRight + nowWrong).Select(i => new ReadingChange(i, null, 1, new Reading(2, null), new Reading(1, null), i < nowRight))]);

    private static void Require(Verdict verdict, string told, ReadingComparison? mnist, double? drop, ReadingComparison? feedback)
    {
        var recommendation = Recommendation.Of(mnist, drop, feedback);
        Assert.Equal(verdict, recommendation.Verdict);
        Assert.Contains(told, recommendation.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", recommendation.Reason, StringComparison.Ordinal);
    }
}
