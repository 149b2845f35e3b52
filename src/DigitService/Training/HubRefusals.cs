using DigitService.Security;
using Microsoft.AspNetCore.RateLimiting;

namespace DigitService.Training;

/// <summary>
/// Refuses as a problem what SignalR would refuse in plain text, and counts the connections that are asked for, each of
/// which SignalR keeps for a while whether it is used or not.
/// </summary>
internal static class HubRefusals
{
    private const string Negotiation = "/negotiate";

    /// <summary>For <c>MapHub</c>: applies to the hub's endpoints.</summary>
    internal static void Apply(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && route.EndsWith(Negotiation, StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new EnableRateLimitingAttribute(RateLimits.Connections));
            endpoint.RequestDelegate = context => HttpMethods.IsPost(context.Request.Method) ? next(context) : Refuse(context, HttpMethods.Post);
        }
        else
        {
            endpoint.RequestDelegate = context => IsKnown(context.Request.Method) ? ConnectAsync(context, next)
                : Refuse(context, HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete);
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method) || HttpMethods.IsConnect(method);

    private static Task ConnectAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Query["id"].Count > 0 || WebSocketLimit.IsUpgrade(context) || IsEventStream(context.Request)
            ? next(context)
            : TypedResults.Problem(
                "This is a hub of SignalR: connect with a WebSocket, or negotiate first and name the connection as id.",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);

    private static bool IsEventStream(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream");

    // Without a body, it gets the one that every status has here.
    private static Task Refuse(HttpContext context, params string[] methods)
    {
        context.Response.Headers.Allow = string.Join(", ", methods);
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }
}
