using DigitService.Feedback;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Models;

/// <summary>Shows a model beside another: what it has learned, and what it has forgotten.</summary>
internal static class ComparisonEndpoint
{
    private const int MostChanges = 1_000;

    // With the key only, as all that shows pictures of people.
    internal static void Map(IEndpointRouteBuilder models) => models.MapGet("/{id}/comparison", Compare)
        .RequireApiKey()
        .WithName("GetComparison")
        .WithSummary("A model beside the one that it comes from")
        .WithDescription(
            "What was measured of both on MNIST's test images, and how both read the corrected pictures that the model has never learned "
            + "from (the newest 1,000 at most, read when this is asked for): accuracy, confidence, and every picture that only one of them "
            + "reads right. The recommendation is made by the exact sign test (McNemar, 1947): what chance explains in one case of twenty "
            + "decides nothing. `with` is the model that it was fine-tuned from, else the active one, unless another is named.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<ComparisonAnswer>> Compare(
        string id,
        ModelRegistry registry,
        DigitClassifier classifier,
        ModelComparisons comparisons,
        TestImages test,
        FeedbackStore feedback,
        HttpResponse response,
        CancellationToken cancellation,
        [FromQuery(Name = "with")] string? other = null,
        int limit = 60)
    {
        if (limit is < 1 or > MostChanges)
        {
            throw new BadHttpRequestException($"limit is {limit}; accepted: 1 to 1,000.");
        }

        var (model, active) = (registry.Get(id), classifier.ActiveId);
        var rival = (other is null ? Promotion.Rival(registry, model, active) : registry.Get(other)) is { } found && found.Id != id
            ? found
            : throw new EntryConflictException(other is null
                ? $"There is no model that {id} can be compared with: it was not fine-tuned from one that is still here, and no other is active. Name one with ?with=."
                : $"The model {id} cannot be compared with itself; accepted: the id of another.");
        var comparison = await comparisons.CompareAsync(model, rival, cancellation);
        var refusal = ModelEndpoints.Refusal(registry, model, active);
        FeedbackEndpoints.KeepNowhere(response);
        return TypedResults.Ok(new ComparisonAnswer(
            ComparedSide.Of(comparison.Model, active),
            ComparedSide.Of(comparison.Other, active),
            ComparedImages.Of(comparison.Mnist, limit, change => Show(change.Index!.Value, comparison.Mnist!.Images, test)),
            ComparedImages.Of(comparison.Feedback, limit, change => Show(change.Sample!, feedback)),
            comparison.Recommendation,
            comparison.AccuracyDrop,
            refusal is null,
            refusal));
    }

    private static string? Show(int index, int count, TestImages test) =>
        test.TryGet() is { } images && images.Count == count ? GrayPng.DataUri(images.Image(index), DigitImages.Side) : null;

    private static string? Show(string sample, FeedbackStore feedback)
    {
        try
        {
            return GrayPng.DataUri(feedback.Get(sample).Input, DigitImages.Side);
        }
        catch (Exception error) when (error is EntryNotFoundException or DamagedEntryException)
        {
            // Deleted since it was read.
            return null;
        }
    }
}
