using System.Net.Mime;
using System.Security.Cryptography;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace DigitService.Models;

/// <summary>How well a model reads the test images, and which of them it misreads.</summary>
internal static class EvaluationEndpoints
{
    private const int MostMistakes = 1_000;

    internal static void Map(IEndpointRouteBuilder models)
    {
        models.MapGet("/{id}/evaluation", GetEvaluation)
            .WithName("GetEvaluation")
            .WithSummary("How well a model reads the test images")
            .WithDescription(
                "Accuracy, loss, the figures of every digit, the confusion matrix (a row is the true digit), calibration and all mistakes, "
                + "on MNIST's 10,000 test images. The probabilities are those that the model answers with: its temperature is applied.")
            .Produces<EvaluationReport>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        models.MapGet("/{id}/mistakes", GetMistakes)
            .WithName("GetMistakes")
            .WithSummary("The test images that a model misreads")
            .WithDescription(
                "The most confident mistake first, each with its picture. `actual` and `predicted`, 0 to 9, leave those of a digit; "
                + "`limit` is how many there are at most, 1 to 1,000.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status500InternalServerError);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> GetEvaluation(string id, ModelRegistry registry) =>
        registry.ReadEvaluation(id) is { } report
            ? TypedResults.Bytes(
                report, MediaTypeNames.Application.Json, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(report))}\""))
            : NoEvaluation(id);

    private static Results<Ok<IEnumerable<MisreadImage>>, ProblemHttpResult> GetMistakes(
        string id, ModelRegistry registry, TestImages test, int? actual = null, int? predicted = null, int limit = 100)
    {
        Require(actual is null or (>= 0 and <= 9), nameof(actual), actual, "0 to 9");
        Require(predicted is null or (>= 0 and <= 9), nameof(predicted), predicted, "0 to 9");
        Require(limit is >= 1 and <= MostMistakes, nameof(limit), limit, "1 to 1,000");
        if (StoredReport.Read(registry, id) is not { } report)
        {
            return NoEvaluation(id);
        }

        if (registry.Get(id).EvaluatedOn is var dataset && dataset != Dataset.Mnist)
        {
            return TypedResults.Problem(
                $"The model {id} was evaluated on the test images of {dataset}; only those of MNIST are shown.", statusCode: StatusCodes.Status409Conflict);
        }

        var images = test.Get();
        return report.Count == images.Count
            ? TypedResults.Ok(report.Mistakes
                .Where(mistake => (actual ?? mistake.Actual) == mistake.Actual && (predicted ?? mistake.Predicted) == mistake.Predicted)
                .Take(limit)
                .Select(mistake => Show(mistake, images)))
            : TypedResults.Problem(
                $"The model {id} was evaluated on {report.Count:N0} images; those that the service has are others.", statusCode: StatusCodes.Status409Conflict);
    }

    private static MisreadImage Show(Mistake mistake, DigitImages images) => new(
        mistake.Index, mistake.Actual, mistake.Predicted, mistake.Confidence, GrayPng.DataUri(images.Image(mistake.Index), DigitImages.Side));

    private static ProblemHttpResult NoEvaluation(string id) =>
        TypedResults.Problem($"The model {id} was registered without an evaluation.", statusCode: StatusCodes.Status404NotFound);

    private static void Require(bool holds, string name, int? value, string accepted)
    {
        if (!holds)
        {
            throw new BadHttpRequestException($"{name} is {value}; accepted: {accepted}.");
        }
    }
}
