using System.Globalization;
using DigitService.Recognition.Persistence;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Training;

/// <summary>Starts, lists, stops and resumes training runs.</summary>
internal static class TrainingEndpoints
{
    private const int LongestWait = 3_600;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var training = routes.MapGroup("").WithTags("Training").AddEndpointFilter(AnswerErrors);
        var train = training.MapGroup("/train")
            .RequireApiKey()
            .RequireRateLimiting(RateLimits.Training)
            .WithMetadata(new RequestSizeLimitAttribute(TrainRequestReader.LongestBody));
        train.MapPost("", Train)
            .WithName("Train")
            .WithSummary("Train a network")
            .WithDescription(
                "Queues a run. Its options are the recipe's (the network's own, unless another is named) with those of the body in "
                + "their place; no body at all trains the network cnn by its recipe. Runs train one after the other. The run is on "
                + "the disk before this is answered; follow it at its Location, or live at the hub /hubs/training. "
                + "augmentation is a preset's name (none, slight, affine, elastic, world) or an object. "
                + "With base a model of /models learns on: its weights are the first ones, what it was trained with and how long a "
                + "fine-tuning takes are the recipe, and network may only be its own. With feedback the pictures of /feedback are learned "
                + "from too, but for one in five, which is held out to judge by; they are taken as they are now, whatever becomes of them. "
                + "With data a dataset of /datasets takes the place of MNIST.")
            .Accepts<TrainRequest>(isOptional: true, "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

        // Other types come here, where they are refused in a sentence; what names the types it accepts refuses without one.
        train.MapPost("", Train).ExcludeFromDescription();
        training.MapGet("/runs", List)
            .WithName("ListRuns")
            .WithSummary("All runs, the newest first")
            .WithDescription("Also those of other processes in the same folder, and after them those that are damaged, with the reason.");
        training.MapGet("/runs/{id}", Get)
            .WithName("GetRun")
            .WithSummary("A run with its loss curve")
            .WithDescription(
                "The curve has at most about 1,000 points, each the mean loss of the steps since the one before. It is as new as the latest batch.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        training.MapPost("/runs/{id}/cancel", Cancel)
            .WithName("CancelRun")
            .WithSummary("Stop a run")
            .WithDescription(
                "One that waits leaves the queue at once; one that trains stops after the current batch, and its checkpoint is kept. Both can be resumed.")
            .RequireApiKey()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        training.MapPost("/runs/{id}/resume", Resume)
            .WithName("ResumeRun")
            .WithSummary("Go on with a run that was stopped")
            .WithDescription(
                "Queues a run that was cancelled, failed or interrupted. It goes on from its checkpoint and ends with the same bits as one "
                + "that was never stopped. Runs that waited or trained when the service ended are interrupted: none trains again unasked.")
            .RequireApiKey()
            .RequireRateLimiting(RateLimits.Training)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<Accepted<RunReference>> Train(HttpRequest request, TrainingService training)
    {
        var wanted = await TrainRequestReader.ReadAsync(request);
        return Accepted(training.Add(wanted));
    }

    private static Ok<IReadOnlyList<RunAnswer>> List(TrainingService training) => TypedResults.Ok(training.List());

    private static Ok<RunAnswer> Get(string id, TrainingService training) => TypedResults.Ok(training.Get(id));

    private static Accepted<RunReference> Cancel(string id, TrainingService training) => Accepted(training.Cancel(id));

    private static Accepted<RunReference> Resume(string id, TrainingService training) => Accepted(training.Resume(id));

    private static Accepted<RunReference> Accepted(RunReference run) => TypedResults.Accepted($"/runs/{run.Id}", run);

    // What the library says of files names their places on this machine.
    private static async ValueTask<object?> AnswerErrors(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (TrainingQueueFullException full)
        {
            var seconds = Math.Clamp(Math.Ceiling(full.RetryAfter.TotalSeconds), 1, LongestWait);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(full.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception error) when (error is (IOException and not BadHttpRequestException) or UnauthorizedAccessException)
        {
            var paths = http.RequestServices.GetRequiredService<ServerPaths>();
            return TypedResults.Problem(paths.HideIn(error.Message), statusCode: error switch
            {
                EntryNotFoundException => StatusCodes.Status404NotFound,
                EntryConflictException or DamagedEntryException => StatusCodes.Status409Conflict,
                _ when HttpMethods.IsPost(http.Request.Method) => StatusCodes.Status507InsufficientStorage,
                _ => StatusCodes.Status500InternalServerError,
            });
        }
    }
}
