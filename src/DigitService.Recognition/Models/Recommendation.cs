using DigitService.Recognition.Evaluation;

namespace DigitService.Recognition.Models;

/// <summary>What a comparison speaks for.</summary>
public enum Verdict
{
    /// <summary>Making the new model the active one.</summary>
    Activate,

    /// <summary>Keeping the one that there is.</summary>
    Keep,

    /// <summary>Neither: the difference can be chance.</summary>
    Undecided,
}

/// <summary>Whether a model should take another's place.</summary>
/// <param name="Verdict">What is recommended.</param>
/// <param name="Reason">Why, in a sentence with the figures.</param>
public sealed record Recommendation(Verdict Verdict, string Reason)
{
    /// <summary>
    /// Decides by corrected pictures if there are any, and by MNIST's test images if there are none or they tell nothing.
    /// Better is what chance would explain in fewer than one case in twenty (<see cref="SignTest"/>).
    /// </summary>
    /// <param name="mnist">The test images; null if they cannot be compared.</param>
    /// <param name="drop">By how many points of accuracy on them the model is worse; null if that is not known.</param>
    /// <param name="feedback">Corrected pictures that neither model has learned from; null if there are none.</param>
    public static Recommendation Of(ReadingComparison? mnist, double? drop, ReadingComparison? feedback) => (mnist, feedback) switch
    {
        _ when drop > Promotion.LargestDrop => new(Verdict.Keep, Text(
            $"On MNIST's test images the model is {drop:F2} points worse, and more than {Promotion.LargestDrop:F1} is too much to have forgotten.")),
        (_, not null) when drop is null => new(Verdict.Undecided, Text(
            $"{Told(feedback, "corrected pictures held out")}, but what became of MNIST's test images is not known.")),
        (_, not null) => OfFeedback(feedback, mnist, drop.Value),
        (not null, null) => OfMnist(mnist),
        _ => new(Verdict.Undecided, "There are neither test images nor corrected pictures held out that both models have read."),
    };

    private static Recommendation OfFeedback(ReadingComparison feedback, ReadingComparison? mnist, double drop)
    {
        var told = Told(feedback, "corrected pictures held out");
        var known = drop == 0 ? "MNIST's accuracy is the same"
            : Text($"MNIST's accuracy {(drop > 0 ? "fell" : "rose")} by {Math.Abs(drop):F2} points");
        var (forgotten, learned) = mnist is null ? (1, 1) : (SignTest.Chance(mnist.NowWrong, mnist.NowRight), SignTest.Chance(mnist.NowRight, mnist.NowWrong));
        var chance = SignTest.Chance(feedback.NowRight, feedback.NowWrong);
        return (feedback.NowRight - feedback.NowWrong) switch
        {
            < 0 => new(Verdict.Keep, Text($"{told}: the model reads them worse, and {known}.")),
            0 when forgotten < SignTest.Level => new(Verdict.Keep, Text(
                $"{told}: nothing is gained, and {known}, which chance hardly explains (p = {forgotten:0.0###}).")),
            0 when learned < SignTest.Level => new(Verdict.Activate, Text(
                $"{told}: nothing is lost, and {known}, which chance hardly explains (p = {learned:0.0###}).")),
            0 => new(Verdict.Undecided, Text($"{told}: nothing speaks for either model, and {known}.")),
            _ when chance < SignTest.Level => new(Verdict.Activate, Text(
                $"{told}, which chance hardly explains (p = {chance:0.0###}), and {known}.")),
            _ => new(Verdict.Undecided, Text(
                $"{told}, which can be chance (p = {chance:F2}): more corrected pictures would tell; {known}.")),
        };
    }

    private static Recommendation OfMnist(ReadingComparison mnist)
    {
        var told = Told(mnist, "of MNIST's test images");
        var (better, worse) = (SignTest.Chance(mnist.NowRight, mnist.NowWrong), SignTest.Chance(mnist.NowWrong, mnist.NowRight));
        return better < SignTest.Level ? new(Verdict.Activate, Text($"{told}, which chance hardly explains (p = {better:0.0###})."))
            : worse < SignTest.Level ? new(Verdict.Keep, Text($"{told}, which chance hardly explains (p = {worse:0.0###})."))
            : new(Verdict.Undecided, Text($"{told}, which can be chance (p = {Math.Min(better, worse):F2}); there are no corrected pictures held out."));
    }

    private static string Told(ReadingComparison read, string pictures) =>
        Text($"Of {read.Images:N0} {pictures}, {read.NowRight:N0} more are read right and {read.NowWrong:N0} are no longer");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
