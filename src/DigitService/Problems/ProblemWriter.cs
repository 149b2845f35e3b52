using System.Net.Mime;
using DigitService.Security;

namespace DigitService.Problems;

/// <summary>
/// Writes every problem, whatever form of answer was asked for: completes those that consist of a status alone, and says
/// under which id the log has the request.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    private const int LongestShown = 100;

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;
        SetHeaders(http.Response);
        problem.Detail ??= Detail(http, problem.Status.Value);
        problem.Extensions.TryAdd("requestId", http.TraceIdentifier);

        // The framework knows the title of every status, and where it is described.
        await http.Response.WriteAsJsonAsync(
            TypedResults.Problem(problem).ProblemDetails, options: null, MediaTypeNames.Application.ProblemJson);
    }

    private static void SetHeaders(HttpResponse response)
    {
        if (response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            && response.Headers.RetryAfter.Count == 0)
        {
            response.Headers.RetryAfter = "1";
        }

        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            SafeMethods.CompleteAllow(response);
        }
    }

    private static string Detail(HttpContext http, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {Shown(http)}. The page is at /, and /swagger describes what else there is.",
        StatusCodes.Status405MethodNotAllowed => $"{Shown(http)} does not answer {http.Request.Method}; accepted: {http.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType =>
            $"{Shown(http)} does not read {http.Request.ContentType ?? "a body without a Content-Type"}; /swagger says what it reads.",
        >= StatusCodes.Status500InternalServerError => "The service failed to answer this. Its log has the reason, under the requestId that is here.",
        _ => $"{http.Request.Method} {Shown(http)} is not accepted like this; /swagger says what is.",
    };

    private static string Shown(HttpContext http)
    {
        var path = http.Request.Path.ToUriComponent();
        return path.Length <= LongestShown ? path : path[..LongestShown] + "…";
    }
}
