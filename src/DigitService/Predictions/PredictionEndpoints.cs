using System.Diagnostics;
using DigitService.Recognition;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Predictions;

/// <summary>Reads digits in pictures.</summary>
internal static class PredictionEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes, PredictionOptions options)
    {
        var predictions = routes.MapGroup("").WithTags("Predictions").RequireRateLimiting(RateLimits.Predictions);
        predictions.MapPost("/predict", Predict)
            .WithMetadata(new RequestSizeLimitAttribute(PictureBody.LargestBody))
            .WithName(nameof(Predict))
            .WithSummary("Reads the digit in a picture.")
            .WithDescription(
                "The body is a PNG, JPEG, WebP, BMP or GIF of at most 10 MB and 16 megapixels, whatever its type is said to be; "
                + "or a form with it in the part 'file'; or JSON with it in base64 as 'image', or with 784 'pixels' from 0 for "
                + "paper to 255 for ink. 'preprocess' is 'mnist' (the ink is found, scaled and centred) or 'plain' (the picture "
                + "is resized), as the model was trained if left out; 'model' names another model than the active one; with "
                + "'input=true' the answer has the 28×28 picture that the network saw. 422 is a picture with nothing drawn. "
                + "Where the answer should not be trusted, 'digit' is null and 'reason' says why: the picture does not look like a "
                + "digit ('isDigit' is below 0.5; a model that cannot tell has null there), or no digit is more probable than all "
                + "others together. 'confidence' and 'probabilities' are those of the ten digits, if the picture shows one.")
            .Produces<PredictionAnswer>()
            .ProducesProblems([400, 404, 408, 409, 413, 415, 422, 429, 503]);
        predictions.MapPost("/predict/batch", PredictBatch)
            .WithMetadata(new RequestSizeLimitAttribute((long)options.BatchMegabytes << 20))
            .WithName(nameof(PredictBatch))
            .WithSummary("Reads the digits in the pictures of a form.")
            .WithDescription(
                $"The form has a part 'file' for each picture, at most {options.BatchFiles:N0}, and {options.BatchMegabytes:N0} MB "
                + "altogether. The answers are in the form's order, each with the file's name; a picture that cannot be read has "
                + "'error' and 'status' instead, and does not keep the others from theirs. The query is that of POST /predict.")
            .Produces<BatchAnswer>()
            .ProducesProblems([400, 404, 408, 409, 413, 415, 429, 503]);
    }

    private static async Task<Results<JsonAnswer<PredictionAnswer>, ProblemHttpResult>> Predict(
        HttpRequest request,
        DigitClassifier classifier,
        PredictionLimits limits,
        PictureBodyReader bodies,
        PictureReader pictures,
        CancellationToken cancellation,
        string? preprocess = null,
        string? model = null,
        bool input = false)
    {
        var started = Stopwatch.GetTimestamp();
        var mode = Mode(preprocess);
        if (limits.Requests.IsFull)
        {
            return Busy(request);
        }

        using var body = await bodies.ReadAsync(request, cancellation);
        if (!limits.Requests.TryEnter())
        {
            return Busy(request);
        }

        try
        {
            using var lease = await classifier.HoldAsync(model, cancellation);
            var pixels = await pictures.ReadAsync(body.Bytes, body.IsJson, mode ?? lease.Preprocess, cancellation);
            body.Dispose();
            return pixels is null
                ? TypedResults.Problem(PictureErrors.Blank, statusCode: StatusCodes.Status422UnprocessableEntity)
                : new JsonAnswer<PredictionAnswer>(
                    PredictionAnswer.Of(await lease.ClassifyAsync(pixels, cancellation), Stopwatch.GetElapsedTime(started), input),
                    PredictionJson.Default.PredictionAnswer);
        }
        finally
        {
            limits.Requests.Leave();
        }
    }

    private static async Task<Results<JsonAnswer<BatchAnswer>, ProblemHttpResult>> PredictBatch(
        HttpRequest request,
        PredictionLimits limits,
        BatchReader batches,
        CancellationToken cancellation,
        string? preprocess = null,
        string? model = null,
        bool input = false)
    {
        var started = Stopwatch.GetTimestamp();
        var mode = Mode(preprocess);
        if (!limits.Batches.TryEnter())
        {
            return Busy(request);
        }

        try
        {
            var entries = await batches.ReadAsync(request, mode, model, input, cancellation);
            return new JsonAnswer<BatchAnswer>(
                new BatchAnswer(entries, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3)),
                BatchJson.Answer);
        }
        finally
        {
            limits.Batches.Leave();
        }
    }

    private static PreprocessMode? Mode(string? preprocess) => preprocess switch
    {
        null => null,
        "mnist" => PreprocessMode.Mnist,
        "plain" => PreprocessMode.Plain,
        _ => throw new InvalidInputException($"preprocess is '{preprocess}'; accepted: mnist, plain."),
    };

    private static ProblemHttpResult Busy(HttpRequest request)
    {
        request.HttpContext.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            "Too many requests are under way. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static void ProducesProblems(this RouteHandlerBuilder route, int[] statuses) =>
        Array.ForEach(statuses, status => route.ProducesProblem(status));
}
