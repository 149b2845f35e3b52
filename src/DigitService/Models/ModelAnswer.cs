using System.Text.Json.Serialization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Models;

/// <summary>What can be said of any folder of the registry, and all that can be said of a damaged one.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="IsActive">Whether it answers requests that name no model.</param>
/// <param name="Error">Why it cannot be used, as a sentence; null if it can.</param>
[JsonDerivedType(typeof(ModelAnswer))]
internal record ModelState(
    [property: JsonPropertyOrder(-1)] string Id, bool IsActive, string? Error)
{
    internal static ModelState Of(ModelEntry entry, string? activeId, string? previousId) => entry.Info is { } info
        ? ModelAnswer.Of(info, activeId, previousId)
        : new ModelState(entry.Id, entry.Id == activeId, entry.Error);
}

/// <summary>A model: what its <c>model.json</c> says, and whether it answers.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="IsActive">Whether it answers requests that name no model.</param>
/// <param name="Name">What a person calls it; null for no name.</param>
/// <param name="Network">A name of the network catalogue.</param>
/// <param name="Preprocess">How pictures become 28×28 pixels for it: <c>mnist</c> or <c>plain</c>.</param>
/// <param name="Normalization">What pixels become before the network reads them.</param>
/// <param name="CreatedAt">When it was trained or imported.</param>
/// <param name="RunId">The run that made it; null for an imported one.</param>
/// <param name="Parameters">Weights that are learned.</param>
/// <param name="EvaluatedOn">The dataset whose test images those are that it was tested on; <c>mnist</c> as a rule.</param>
/// <param name="Accuracy">The share of the test images that it reads right, 0 to 1.</param>
/// <param name="Loss">The mean cross-entropy on the test images, in nats.</param>
/// <param name="ValidationAccuracy">The share of the images held out that it reads right, 0 to 1; null if none were.</param>
/// <param name="Epochs">Epochs that it was trained; null if that is not known.</param>
/// <param name="DurationSeconds">How long that took; null if that is not known.</param>
/// <param name="Temperature">What its logits are divided by, so that confidence is what it says.</param>
/// <param name="Size">The bytes of its weights.</param>
/// <param name="Sha256">The SHA-256 of its weights.</param>
/// <param name="Options">What it was trained with; null for an imported one.</param>
/// <param name="Versions">What computed it, or imported it.</param>
/// <param name="Previous">The model that answered before this one and would after POST /models/rollback; null if there is none, and if this is not the active one.</param>
internal sealed record ModelAnswer(
    string Id,
    bool IsActive,
    string? Name,
    string Network,
    string Preprocess,
    Normalization Normalization,
    DateTimeOffset CreatedAt,
    string? RunId,
    long Parameters,
    string EvaluatedOn,
    double? Accuracy,
    double? Loss,
    double? ValidationAccuracy,
    int? Epochs,
    double? DurationSeconds,
    double Temperature,
    long Size,
    string Sha256,
    TrainingOptions? Options,
    LibraryVersions Versions,
    string? Previous) : ModelState(Id, IsActive, null)
{
    internal static ModelAnswer Of(ModelInfo info, string? activeId, string? previousId) => new(
        info.Id,
        info.Id == activeId,
        info.Name,
        info.Network,
        info.Preprocess,
        info.Normalization,
        info.CreatedAt,
        info.RunId,
        info.Parameters,
        info.EvaluatedOn,
        info.Accuracy,
        info.Loss,
        info.ValidationAccuracy,
        info.Epochs,
        info.DurationSeconds,
        info.Temperature,
        info.Size,
        info.Sha256,
        info.Options,
        info.Versions,
        info.Id == activeId && previousId != activeId ? previousId : null);
}
