using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;
using Microsoft.AspNetCore.Diagnostics;

namespace DigitService.Problems;

/// <summary>Turns what the library says of a request into the status that HTTP has for it; all else stays a 500.</summary>
internal sealed class ExpectedErrorHandler : IExceptionHandler
{
    // nginx's number for a client that has gone; nobody reads it but the log.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (StatusOf(exception, context) is not { } status)
        {
            return false;
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        // The reason is told to those, too, who asked for another form of answer.
        await TypedResults.Problem(exception.Message, statusCode: status).ExecuteAsync(context);
        return true;
    }

    private static int? StatusOf(Exception exception, HttpContext context) => exception switch
    {
        ImageException { Fault: ImageFault.TooLarge } => StatusCodes.Status413PayloadTooLarge,
        ImageException { Fault: ImageFault.Damaged } => StatusCodes.Status400BadRequest,
        ImageException => StatusCodes.Status415UnsupportedMediaType,
        ArgumentException => StatusCodes.Status400BadRequest,
        BadHttpRequestException error => error.StatusCode,
        EntryNotFoundException => StatusCodes.Status404NotFound,
        EntryConflictException or DamagedEntryException or PthFormatException => StatusCodes.Status409Conflict,
        ClassifierUnavailableException => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException when context.RequestAborted.IsCancellationRequested => ClientClosedRequest,
        _ => null,
    };
}
