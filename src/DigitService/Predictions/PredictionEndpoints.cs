using System.Diagnostics;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Predictions;

/// <summary>Reads digits in pictures.</summary>
internal static class PredictionEndpoints
{
    internal static void AddPredictions(this IServiceCollection services) =>
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = PictureBody.MaximumBytes);

    internal static void MapPredictions(this IEndpointRouteBuilder routes) => routes
        .MapPost("/predict", Predict)
        .WithMetadata(new RequestSizeLimitAttribute(PictureBody.MaximumBytes))
        .WithTags("Predictions");

    private static async Task<Results<Ok<PredictionAnswer>, ProblemHttpResult>> Predict(
        HttpRequest request,
        DigitClassifier classifier,
        CancellationToken cancellation,
        string? preprocess = null,
        string? model = null,
        bool input = false)
    {
        var started = Stopwatch.GetTimestamp();
        var mode = (preprocess ?? classifier.PreprocessOf(model)) switch
        {
            "mnist" => PreprocessMode.Mnist,
            "plain" => PreprocessMode.Plain,
            _ => throw new ArgumentException($"preprocess is '{preprocess}'; accepted: mnist, plain."),
        };
        return await PictureBody.ReadPixelsAsync(request, mode) is { } pixels
            ? TypedResults.Ok(PredictionAnswer.Of(
                await classifier.ClassifyAsync(pixels, model, cancellation), Stopwatch.GetElapsedTime(started), input))
            : TypedResults.Problem("Nothing is drawn in the picture.", statusCode: StatusCodes.Status422UnprocessableEntity);
    }
}
