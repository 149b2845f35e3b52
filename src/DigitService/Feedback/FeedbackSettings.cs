using DigitService.Recognition.Feedback;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace DigitService.Feedback;

/// <summary>Tells whether pictures are kept here, which everybody may know who might send one.</summary>
internal static class FeedbackSettings
{
    internal static void Map(IEndpointRouteBuilder feedback) => feedback.MapGet("/settings", Get)
        .WithName("GetFeedbackSettings")
        .WithSummary("Whether corrected pictures are kept, and for how long")
        .WithDescription("For the statement that a page makes before it sends a picture. This is answered where feedback is turned off, too.");

    /// <summary>Answers in place of the routes where feedback is turned off.</summary>
    internal static async ValueTask<object?> RequireEnabled(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<IOptions<FeedbackOptions>>().Value.Enabled
            ? await next(context)
            : TypedResults.Problem(
                $"Feedback is turned off here ({FeedbackOptions.Section}:{nameof(FeedbackOptions.Enabled)}): no picture is kept, and none is shown.",
                statusCode: StatusCodes.Status404NotFound);

    private static Ok<FeedbackSettingsAnswer> Get(IOptions<FeedbackOptions> options, FeedbackStore store)
    {
        var settings = options.Value;
        return TypedResults.Ok(new FeedbackSettingsAnswer(
            settings.Enabled, settings.RetentionDays, settings.MaximumSamples, settings.MaximumMegabytes, store.Count));
    }
}
