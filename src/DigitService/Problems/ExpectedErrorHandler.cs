using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;
using Microsoft.AspNetCore.Diagnostics;

namespace DigitService.Problems;

/// <summary>Turns what the library says of a request into the status that HTTP has for it; all else stays a 500.</summary>
internal sealed class ExpectedErrorHandler(IProblemDetailsService problems) : IExceptionHandler
{
    // nginx's number for a client that has gone; nobody reads it but the log.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (StatusOf(exception, context) is not { } status)
        {
            return false;
        }

        context.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Detail = exception.Message },
        });
    }

    private static int? StatusOf(Exception exception, HttpContext context) => exception switch
    {
        ImageException { Fault: ImageFault.TooLarge } => StatusCodes.Status413PayloadTooLarge,
        ImageException { Fault: ImageFault.Damaged } => StatusCodes.Status400BadRequest,
        ImageException => StatusCodes.Status415UnsupportedMediaType,
        ArgumentException => StatusCodes.Status400BadRequest,
        BadHttpRequestException error => error.StatusCode,
        EntryNotFoundException => StatusCodes.Status404NotFound,
        EntryConflictException or DamagedEntryException => StatusCodes.Status409Conflict,
        ClassifierUnavailableException => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException when context.RequestAborted.IsCancellationRequested => ClientClosedRequest,
        _ => null,
    };
}
