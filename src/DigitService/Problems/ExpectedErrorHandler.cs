using DigitService.Recognition;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace DigitService.Problems;

/// <summary>Turns what the library says of a request into the status that HTTP has for it; all else stays a 500.</summary>
internal sealed class ExpectedErrorHandler : IExceptionHandler
{
    // nginx's number for a client that has gone; nobody reads it but the log.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (IsOfClientThatIsGone(exception, context))
        {
            // There is nobody to answer, and the server need not try to read the rest of the body.
            context.Response.StatusCode = ClientClosedRequest;
            context.Abort();
            return true;
        }

        if (StatusOf(exception) is not { } status)
        {
            return false;
        }

        var sentence = exception is BadHttpRequestException error ? RequestErrors.Sentence(error, context) : exception.Message;
        LetTheRestOfTheBodyCome(status, context);
        await TypedResults.Problem(sentence, statusCode: status).ExecuteAsync(context);
        return true;
    }

    // The server reads on for a while after an answer, since a client that is still sending would lose it otherwise, but
    // not what is over its own limit.
    private static void LetTheRestOfTheBodyCome(int status, HttpContext context)
    {
        if (status == StatusCodes.Status413PayloadTooLarge
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    // Whoever reads a body may learn of it before the request is told.
    private static bool IsOfClientThatIsGone(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or OperationCanceledException { InnerException: ConnectionAbortedException }
        || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    /// <summary>The status of what went wrong; null where it is a mistake of the service.</summary>
    internal static int? StatusOf(Exception exception) => exception switch
    {
        ImageException { Fault: ImageFault.TooLarge } => StatusCodes.Status413PayloadTooLarge,
        ImageException { Fault: ImageFault.Damaged } => StatusCodes.Status400BadRequest,
        ImageException => StatusCodes.Status415UnsupportedMediaType,
        InvalidInputException => StatusCodes.Status400BadRequest,
        BadHttpRequestException error => error.StatusCode,
        EntryNotFoundException => StatusCodes.Status404NotFound,
        EntryConflictException or DamagedEntryException or PthFormatException => StatusCodes.Status409Conflict,
        ClassifierUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };
}
