using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>One of two models that are compared.</summary>
/// <param name="Info">The model.</param>
/// <param name="Report">How it reads the test images; null if that is not written down, or damaged.</param>
/// <param name="Feedback">How it reads corrected pictures that neither has learned from; null if there are none.</param>
public sealed record ComparedModel(ModelInfo Info, EvaluationReport? Report, FeedbackFigures? Feedback);

/// <summary>A model beside another, as a rule the one that it was fine-tuned from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Other">The other.</param>
/// <param name="Mnist">The test images; null if one of them has no report on them.</param>
/// <param name="Feedback">The corrected pictures; null if there are none that neither has learned from.</param>
/// <param name="AccuracyDrop">By how many points of accuracy on the test images the model is worse, negative if it is better; null if that is not known.</param>
/// <param name="Recommendation">Whether the model should take the other's place.</param>
public sealed record ModelComparison(
    ComparedModel Model,
    ComparedModel Other,
    ReadingComparison? Mnist,
    ReadingComparison? Feedback,
    double? AccuracyDrop,
    Recommendation Recommendation)
{
    /// <summary>Compares two models by what was measured of them.</summary>
    /// <param name="registry">Where they are.</param>
    /// <param name="model">The model.</param>
    /// <param name="other">The other.</param>
    /// <param name="feedback">How they read corrected pictures; null if there are none.</param>
    /// <exception cref="EntryNotFoundException">One of them has been deleted.</exception>
    public static ModelComparison Of(ModelRegistry registry, ModelInfo model, ModelInfo other, FeedbackComparison? feedback)
    {
        var (after, before) = (TryReadReport(registry, model.Id), TryReadReport(registry, other.Id));
        var mnist = after is not null && before is not null && Promotion.AreOfMnist(model, other) ? ReadingComparison.Of(before, after) : null;
        var drop = Promotion.Drop(model, other);
        return new ModelComparison(
            new ComparedModel(model, after, feedback?.After),
            new ComparedModel(other, before, feedback?.Before),
            mnist,
            feedback?.Changes,
            drop,
            Recommendation.Of(mnist, drop, feedback?.Changes));
    }

    private static EvaluationReport? TryReadReport(ModelRegistry registry, string id)
    {
        try
        {
            return StoredReport.Read(registry, id);
        }
        catch (DamagedEntryException)
        {
            return null;
        }
    }
}
