using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>
/// Refuses what a page of another origin makes a browser send. CORS keeps such a page from reading answers, not from
/// posting a form to http://localhost:8080/train, nor from opening a WebSocket.
/// </summary>
/// <remarks>
/// The rule is Filippo Valsorda's, as in Go's <c>http.CrossOriginProtection</c>: browsers say in Sec-Fetch-Site, which no
/// page can forge, whose page it is; older ones, and those on plain HTTP, at least say its origin in Origin; and a request
/// with neither comes from no browser.
/// </remarks>
internal sealed class CrossOriginCheck(RequestDelegate next, IOptions<SecurityOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.CorsOrigins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return (IsSafe(request.Method) && !WebSocketLimit.IsUpgrade(context)) || IsOwnOrAllowed(request)
            ? next(context)
            : TypedResults.Problem(
                $"A page of {(request.Headers.Origin is [{ Length: > 0 } origin] ? origin : "another origin")} may not use this service. "
                + "If it should, name its origin in Security:CorsOrigins.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private bool IsOwnOrAllowed(HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        return (origin.Length > 0 && _allowed.Contains(origin)) || site switch
        {
            "same-origin" or "none" => true,
            "" => origin.Length == 0 || IsOwn(origin, request.Host),
            _ => false,
        };
    }

    // Where TLS ends before the service, the origin is https and the request is not: the host has to do.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && host.HasValue && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
