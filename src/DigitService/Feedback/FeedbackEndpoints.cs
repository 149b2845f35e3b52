using System.Net.Mime;
using DigitService.Predictions;
using DigitService.Recognition;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Feedback;

/// <summary>The pictures that people have corrected. Everybody may send one; they are seen and changed with the key only.</summary>
internal static class FeedbackEndpoints
{
    private const int MostOnAPage = 500;

    internal static void Map(IEndpointRouteBuilder feedback)
    {
        feedback.MapPost("/", Post)
            .RequireRateLimiting(RateLimits.Predictions)
            .WithMetadata(new RequestSizeLimitAttribute(PictureBody.LargestBody))
            .WithName("PostFeedback")
            .WithSummary("Keeps a picture with what it shows")
            .WithDescription(
                "The picture is sent as to POST /predict, and the label with it: in the address, in a part `label` of the form, or in the "
                + "JSON. It is on the disk when this is answered, with the 28×28 pixels that the network saw and what the model `model`, or "
                + "the active one, reads there. The same bytes once more are the same picture, whose label becomes the new one: that is a 200.")
            .Problems([400, 404, 408, 409, 413, 415, 422, 429, 503, 507]);
        feedback.MapGet("/", List)
            .RequireApiKey()
            .WithName("GetFeedback")
            .WithSummary("The pictures that are kept, the newest first")
            .WithDescription("In pages, and only those to which all applies that the address says. With `input=true` each has the picture that the network saw.")
            .Problems([400, 401, 404]);
        feedback.MapGet("/{id}", Get)
            .RequireApiKey()
            .WithName("GetSample")
            .WithSummary("A picture that is kept")
            .WithDescription("What it shows, what was answered to it, when, and how it came.")
            .Problems([400, 401, 404, 409]);
        feedback.MapGet("/{id}/image", GetImage)
            .RequireApiKey()
            .WithName("GetSampleImage")
            .WithSummary("The picture itself")
            .WithDescription("Byte for byte as it was sent.")
            .Produces<FileStreamResult>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif")
            .Problems([400, 401, 404, 409]);
        feedback.MapGet("/{id}/input", GetInput)
            .RequireApiKey()
            .WithName("GetSampleInput")
            .WithSummary("What the network saw")
            .WithDescription("28×28 pixels, white ink on black, as a PNG.")
            .Produces<FileStreamResult>(StatusCodes.Status200OK, MediaTypeNames.Image.Png)
            .Problems([400, 401, 404, 409]);
        feedback.MapPut("/{id}", Put)
            .RequireApiKey()
            .Accepts<LabelChange>(MediaTypeNames.Application.Json)
            .WithName("PutSample")
            .WithSummary("Says that a picture shows something else")
            .WithDescription("0 to 9; \"none\" or null for what is not a digit.")
            .Problems([400, 401, 404, 408, 409, 413, 415, 507]);
        feedback.MapDelete("/{id}", Delete)
            .RequireApiKey()
            .WithName("DeleteSample")
            .WithSummary("Deletes a picture")
            .WithDescription("It is gone from the disk, a damaged one too.")
            .Problems([400, 401, 404, 409, 500]);
        feedback.MapDelete("/", DeleteAll)
            .RequireApiKey()
            .WithName("DeleteFeedback")
            .WithSummary("Deletes all pictures")
            .WithDescription("They are gone from the disk, damaged ones too.")
            .Problems([401, 404, 409, 500]);
    }

    internal static void Problems(this RouteHandlerBuilder route, int[] statuses) =>
        Array.ForEach(statuses, status => route.ProducesProblem(status));

    private static async Task<Results<Created<SampleAnswer>, Ok<SampleAnswer>, ProblemHttpResult>> Post(
        HttpRequest request,
        FeedbackUpload upload,
        CancellationToken cancellation,
        string? label = null,
        string? source = null,
        string? model = null)
    {
        var fields = new Dictionary<string, string>();
        AddTo(fields, FeedbackFields.Label, label);
        AddTo(fields, FeedbackFields.Source, source);
        return await upload.StoreAsync(request, fields, model, cancellation) switch
        {
            null => TypedResults.Problem(PictureErrors.Blank, statusCode: StatusCodes.Status422UnprocessableEntity),
            { Outcome: FeedbackOutcome.Added, Sample: var sample } => TypedResults.Created($"/feedback/{sample.Id}", SampleAnswer.Of(sample, withInput: false)),
            { Sample: var sample } => TypedResults.Ok(SampleAnswer.Of(sample, withInput: false)),
        };
    }

    private static Ok<SampleListAnswer> List(
        [AsParameters] FeedbackFilter filter, FeedbackStore store, HttpResponse response, int page = 1, int limit = 50, bool input = false)
    {
        if (page is < 1 or > 1_000_000)
        {
            throw new InvalidInputException($"page is {page}; accepted: 1 to 1,000,000.");
        }

        if (limit is < 1 or > MostOnAPage)
        {
            throw new InvalidInputException($"limit is {limit}; accepted: 1 to {MostOnAPage}.");
        }

        KeepNowhere(response);
        return TypedResults.Ok(SampleListAnswer.Of(store.List(), filter.ToQuery(), page, limit, input));
    }

    private static Ok<SampleAnswer> Get(string id, FeedbackStore store, HttpResponse response)
    {
        KeepNowhere(response);
        return TypedResults.Ok(SampleAnswer.Of(store.Get(id), withInput: true));
    }

    private static FileStreamHttpResult GetImage(string id, FeedbackStore store, HttpResponse response)
    {
        var sample = store.Get(id);
        KeepNowhere(response);
        return TypedResults.Stream(store.OpenPicture(sample), sample.MediaType);
    }

    private static FileContentHttpResult GetInput(string id, FeedbackStore store, HttpResponse response)
    {
        var sample = store.Get(id);
        KeepNowhere(response);
        return TypedResults.Bytes(GrayPng.Encode(sample.Input, DigitImages.Side), MediaTypeNames.Image.Png);
    }

    private static async Task<Ok<SampleAnswer>> Put(
        string id, HttpRequest request, FeedbackChanges changes, BodyMemory memory, CancellationToken cancellation)
    {
        var label = FeedbackFields.LabelOf(await FeedbackFields.ReadJsonAsync(request, memory, cancellation));
        var sample = await changes.MakeAsync(
            store => store.SetLabel(id, label), StatusCodes.Status507InsufficientStorage, cancellation);
        return TypedResults.Ok(SampleAnswer.Of(sample, withInput: false));
    }

    private static async Task<NoContent> Delete(string id, FeedbackChanges changes, CancellationToken cancellation)
    {
        await changes.MakeAsync(
            store =>
            {
                store.Delete(id);
                return id;
            },
            StatusCodes.Status500InternalServerError,
            cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<DeletedAnswer>> DeleteAll(FeedbackChanges changes, CancellationToken cancellation) =>
        TypedResults.Ok(new DeletedAnswer(await changes.MakeAsync(
            store => store.DeleteAll(), StatusCodes.Status500InternalServerError, cancellation)));

    // What is deleted here is to be gone everywhere.
    internal static void KeepNowhere(HttpResponse response) => response.Headers.CacheControl = "no-store";

    private static void AddTo(Dictionary<string, string> fields, string name, string? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
