using DigitService.Models;
using DigitService.Operations;
using DigitService.Recognition.Inference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigitService.Health;

/// <summary>Alive means that the process answers at all; ready, that a digit posted now is read at once.</summary>
internal static class HealthEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").DisableRateLimiting();
        health.MapGet("/live", GetLive)
            .WithName("GetLive")
            .WithSummary("Whether the process answers")
            .WithDescription(
                "Answers 200 as long as the process does, with or without a model: what restarts a service that hangs asks this.")
            .Produces<Liveness>();
        health.MapGet("/ready", GetReady)
            .WithName("GetReady")
            .WithSummary("Whether digits are read now")
            .WithDescription(
                "Answers 200 when a model is active and has read first pictures, so that the next is read at once; before, 503 "
                + "with the reason and what to do.")
            .Produces<Readiness>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<Liveness> GetLive(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Liveness("live", ServiceVersion.Number));
    }

    private static Results<Ok<Readiness>, ProblemHttpResult> GetReady(HttpResponse response, DigitClassifier classifier, ModelSwitch models, WarmUp warmUp)
    {
        response.Headers.CacheControl = "no-store";
        var model = classifier.ActiveId;
        if (model is not null && warmUp.Begin().IsCompleted)
        {
            return TypedResults.Ok(new Readiness("ready", model, ServiceVersion.Number));
        }

        response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            model is null
                ? models.Problem
                : $"The model {model} is reading its first pictures. Ask again in a moment.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
