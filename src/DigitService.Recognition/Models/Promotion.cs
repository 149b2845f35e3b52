using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>Whether a fine-tuned model may take the place of another without somebody saying so twice: it must not have forgotten.</summary>
public static class Promotion
{
    /// <summary>By how many points its accuracy on MNIST's test images may be below that of the model that it comes from.</summary>
    public const double LargestDrop = 0.1;

    /// <summary>Why a model is not to be made the active one, as a sentence; null if nothing speaks against it.</summary>
    /// <param name="registry">Where the models are.</param>
    /// <param name="model">The model. One that was not fine-tuned is never refused.</param>
    /// <param name="activeId">The one that answers, which it is measured by if the one that it comes from is gone; null if there is none.</param>
    public static string? Refusal(ModelRegistry registry, ModelInfo model, string? activeId)
    {
        if (model.Id == activeId || model.Options?.Base is not { } baseId)
        {
            return null;
        }

        var (measure, whose) = Find(registry, baseId) is { } itsBase
            ? (itsBase, "its base")
            : (activeId is null ? null : Find(registry, activeId), "the active model");
        return measure is not null && Drop(model, measure) is { } drop && drop > LargestDrop
            ? FormattableString.Invariant(
                $"The model {model.Id} reads {100 * model.Accuracy:F2}% of MNIST's test images, {drop:F2} points less than the {100 * measure.Accuracy:F2}% of {whose}, {measure.Id}; at most {LargestDrop:F1} less is accepted.")
            : null;
    }

    /// <summary>By how many points a model's accuracy on MNIST's test images is below another's, negative if it is above; null if that is not known.</summary>
    public static double? Drop(ModelInfo model, ModelInfo other) =>

        // To a millionth of a point: ten images of ten thousand are 0.1, and not a trifle more.
        AreOfMnist(model, other) && 100 * (other.Accuracy - model.Accuracy) is { } drop ? Math.Round(drop, 6) : null;

    /// <summary>
    /// The model that another is compared with where nobody says which: the one that it was fine-tuned from, and if that
    /// is gone, or there was none, the active one. Null if that is the model itself, or none.
    /// </summary>
    public static ModelInfo? Rival(ModelRegistry registry, ModelInfo model, string? activeId) =>
        (model.Options?.Base is { } baseId ? Find(registry, baseId) : null)
        ?? (activeId is not null && activeId != model.Id ? Find(registry, activeId) : null);

    /// <summary>Whether two models were tested on the same images, those of MNIST.</summary>
    internal static bool AreOfMnist(ModelInfo model, ModelInfo other) =>
        (model.EvaluatedOn, other.EvaluatedOn) is (Dataset.Mnist, Dataset.Mnist);

    private static ModelInfo? Find(ModelRegistry registry, string id)
    {
        try
        {
            return registry.Get(id);
        }
        catch (Exception error) when (error is EntryNotFoundException or DamagedEntryException or ArgumentException)
        {
            return null;
        }
    }
}
