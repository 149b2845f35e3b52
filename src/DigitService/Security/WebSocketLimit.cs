using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Answers 503 to one WebSocket too many. (Kestrel's own limit is an exception in whoever accepts it, and so a 500.)</summary>
internal sealed class WebSocketLimit(RequestDelegate next, IOptions<SecurityOptions> options)
{
    private readonly int _most = options.Value.MaximumWebSockets;
    private int _open;

    public Task InvokeAsync(HttpContext context) => IsUpgrade(context) ? CountAsync(context) : next(context);

    internal static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private async Task CountAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= _most)
            {
                await next(context);
            }
            else
            {
                await TypedResults
                    .Problem($"There are {_most} WebSockets open, as many as the service keeps.", statusCode: StatusCodes.Status503ServiceUnavailable)
                    .ExecuteAsync(context);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
