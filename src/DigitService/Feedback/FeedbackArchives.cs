using System.Net.Mime;
using DigitService.Recognition.Feedback;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Feedback;

/// <summary>Lets pictures be taken elsewhere and brought here: a ZIP with a folder for each label.</summary>
internal static class FeedbackArchives
{
    internal static void Map(IEndpointRouteBuilder feedback)
    {
        feedback.MapGet("/export", Export)
            .RequireApiKey()
            .WithName("ExportFeedback")
            .WithSummary("Downloads the pictures as a ZIP")
            .WithDescription(
                "PNGs in folders `0` to `9` and `none`, which other programs read as pictures with classes: those that came as a PNG byte for "
                + "byte, others as the gray picture that they decode to. Only those to which all applies that the address says.")
            .Produces<FileStreamResult>(StatusCodes.Status200OK, MediaTypeNames.Application.Zip)
            .Problems([400, 401, 404]);
        feedback.MapPost("/import", Import)
            .RequireApiKey()

            // A server that has a limit itself does not read on after refusing a body, and the refusal is lost with the
            // connection. The file is counted as it is read.
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithName("ImportFeedback")
            .WithSummary("Takes in a ZIP of pictures")
            .WithDescription(
                "PNG, JPEG, WebP, BMP or GIF in folders `0` to `9` and `none`, within one other folder or not, as the export has them: the body "
                + "itself, or the part `file` of a form. An entry that cannot be taken in is skipped, with the reason. A picture that is there "
                + "gets the archive's label. What was taken in before the connection ends stays, and the same ZIP once more goes on from there.")
            .Problems([400, 401, 404, 408, 409, 413, 503, 507]);
    }

    private static PushStreamHttpResult Export([AsParameters] FeedbackFilter filter, FeedbackStore store, HttpResponse response, CancellationToken cancellation)
    {
        var query = filter.ToQuery();
        var samples = store.List().Select(entry => entry.Sample).OfType<FeedbackSample>().Where(query.Matches).ToList();
        FeedbackEndpoints.KeepNowhere(response);
        return TypedResults.Stream(
            stream => FeedbackExport.WriteAsync(store, samples, stream, cancellation), MediaTypeNames.Application.Zip, "feedback.zip");
    }

    private static async Task<Ok<FeedbackImportReport>> Import(
        HttpRequest request, FeedbackImports imports, CancellationToken cancellation) =>
        TypedResults.Ok(await imports.RunAsync(request, cancellation));
}
