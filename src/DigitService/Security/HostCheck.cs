using System.Net;
using Microsoft.Extensions.Primitives;

namespace DigitService.Security;

/// <summary>
/// Refuses requests under a name that is not the service's. A page whose own name is suddenly said to be 127.0.0.1 (DNS
/// rebinding) is, to the browser, of one origin with what listens there, and the name in <c>Host</c> is all that tells.
/// </summary>
/// <remarks>
/// <c>AllowedHosts</c> lists the names, as in ASP.NET Core: <c>digits.example.org;*.example.net</c>, or <c>*</c> for any.
/// Without it, what comes in over this machine's own loopback has to be for localhost, this machine or an address.
/// </remarks>
internal sealed class HostCheck
{
    private readonly RequestDelegate _next;
    private readonly List<StringSegment> _allowed;

    public HostCheck(RequestDelegate next, IConfiguration configuration)
    {
        _next = next;
        var hosts = configuration["AllowedHosts"] ?? "";
        _allowed = [.. hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(host => new StringSegment(host))];
    }

    public Task InvokeAsync(HttpContext context)
    {
        // Whoever leaves it out, as HTTP/1.0 may, is no browser.
        var host = context.Request.Host;
        return !host.HasValue || (_allowed.Count > 0 ? HostString.MatchesAny(host.Host, _allowed) : IsLocalName(host.Host) || !CameOverLoopback(context))
            ? _next(context)
            : TypedResults.Problem(
                $"{host.Host} is not a name of this service. If it should be, name it in AllowedHosts.",
                statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(context);
    }

    private static bool CameOverLoopback(HttpContext context) =>
        context.Connection.LocalIpAddress is { } address && Client.IsLoopback(address);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host, out _)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
}
