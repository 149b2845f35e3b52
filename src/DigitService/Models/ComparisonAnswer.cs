using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;

namespace DigitService.Models;

/// <summary>A model beside another.</summary>
/// <param name="Model">The model.</param>
/// <param name="With">What it is compared with: as a rule the model that it was fine-tuned from.</param>
/// <param name="Mnist">MNIST's test images, from the evaluations of both; null if one of them has none on the same images.</param>
/// <param name="Feedback">The corrected pictures that neither has learned from, read by both just now; null if there are none.</param>
/// <param name="Recommendation">Whether the model should take the other's place.</param>
/// <param name="AccuracyDrop">By how many points of accuracy on MNIST's test images the model is worse, negative if it is better; null if that is not known.</param>
/// <param name="CanActivate">Whether the model can be made the active one without saying so twice.</param>
/// <param name="Refusal">Why not, as a sentence; null if it can.</param>
internal sealed record ComparisonAnswer(
    ComparedSide Model,
    ComparedSide With,
    ComparedImages? Mnist,
    ComparedImages? Feedback,
    Recommendation Recommendation,
    double? AccuracyDrop,
    bool CanActivate,
    string? Refusal);

/// <summary>One of two models that are compared.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Name">What a person calls it; null for no name.</param>
/// <param name="Accuracy">The share of the test images that it reads right, 0 to 1; null if that is not known.</param>
/// <param name="Loss">The mean cross-entropy on the test images, in nats; null if that is not known.</param>
/// <param name="ExpectedCalibrationError">How far its confidence is from its accuracy there, 0 to 1; null if that is not known.</param>
/// <param name="FeedbackAccuracy">The share of the corrected pictures that it reads right, 0 to 1; null if there are none.</param>
/// <param name="MeanConfidence">How sure it is of its answers to those that show a digit, 0 to 1; null if there are none.</param>
/// <param name="IsActive">Whether it answers requests that name no model.</param>
internal sealed record ComparedSide(
    string Id,
    string? Name,
    double? Accuracy,
    double? Loss,
    double? ExpectedCalibrationError,
    double? FeedbackAccuracy,
    double? MeanConfidence,
    bool IsActive)
{
    internal static ComparedSide Of(ComparedModel model, string? activeId) => new(
        model.Info.Id,
        model.Info.Name,
        model.Info.Accuracy,
        model.Info.Loss,
        model.Report?.ExpectedCalibrationError,
        model.Feedback?.Accuracy,
        model.Feedback?.MeanConfidence,
        model.Info.Id == activeId);
}

/// <summary>Pictures that two models have read.</summary>
/// <param name="Images">How many there are.</param>
/// <param name="NowRight">Those that were read wrong, and are read right.</param>
/// <param name="NowWrong">Those that were read right, and are read wrong.</param>
/// <param name="Changes">Both of these, those that are wrong now first; as many as were asked for.</param>
internal sealed record ComparedImages(int Images, int NowRight, int NowWrong, IReadOnlyList<ChangedImage> Changes)
{
    internal static ComparedImages? Of(ReadingComparison? read, int limit, Func<ReadingChange, string?> show) => read is null ? null : new(
        read.Images, read.NowRight, read.NowWrong, [.. read.Changes.Take(limit).Select(change => ChangedImage.Of(change, show(change)))]);
}

/// <summary>A picture that one of two models reads right, and the other wrong.</summary>
/// <param name="Index">Its place among MNIST's test images, from 0; null if it is a corrected picture.</param>
/// <param name="Sample">The id of the corrected picture; null if it is a test image.</param>
/// <param name="Actual">The digit that it shows; null if it is none.</param>
/// <param name="Before">The answer of the model that is compared with.</param>
/// <param name="After">The answer of the model.</param>
/// <param name="IsRight">Whether it is read right now.</param>
/// <param name="Image">What the network sees, as a PNG of 28×28 pixels in a data address; null if the service does not have it any longer.</param>
internal sealed record ChangedImage(
    int? Index, string? Sample, int? Actual, Reading Before, Reading After, bool IsRight, string? Image)
{
    internal static ChangedImage Of(ReadingChange change, string? image) =>
        new(change.Index, change.Sample, change.Actual, change.Before, change.After, change.IsRight, image);
}
