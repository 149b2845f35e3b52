using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Lets nobody without the key do what routes marked with <see cref="ApiKeyRequired"/> do. Without a key set, everybody may.</summary>
internal sealed partial class ApiKeyCheck(RequestDelegate next, IOptions<SecurityOptions> options, ILogger<ApiKeyCheck> logger)
{
    private const int WrongKeysAtOnce = 10;
    private static readonly TimeSpan _betweenWrongKeys = TimeSpan.FromSeconds(6);

    private readonly byte[]? _hash = options.Value.ApiKey is { } key ? Hash(key) : null;
    private readonly PartitionedRateLimiter<HttpContext> _wrongKeys = ClientLimit.Limiter(
        WrongKeysAtOnce, 1, _betweenWrongKeys, options.Value.LimitLoopback);

    public Task InvokeAsync(HttpContext context) =>
        _hash is null || context.GetEndpoint()?.Metadata.GetMetadata<ApiKeyRequired>() is null
            ? next(context)
            : CheckAsync(context, _hash);

    private async Task CheckAsync(HttpContext context, byte[] hash)
    {
        if (!context.Request.Headers.TryGetValue(ApiKey.Header, out var given) || given is not [{ Length: > 0 } key])
        {
            await RefuseAsync(context, $"This wants the key of the service, once, in the header {ApiKey.Header}.");
            return;
        }

        // The right key has to wait, too, or wrong ones could be told from it at any speed.
        if (_wrongKeys.GetStatistics(context) is { CurrentAvailablePermits: < 1 })
        {
            await ClientLimit.RefuseAsync(context, _betweenWrongKeys, "There were too many wrong keys from this address.");
        }
        else if (CryptographicOperations.FixedTimeEquals(Hash(key), hash))
        {
            await next(context);
        }
        else
        {
            using var taken = _wrongKeys.AttemptAcquire(context);
            LogWrongKey(context.Connection.RemoteIpAddress, context.Request.Method, context.Request.Path.ToUriComponent());
            await RefuseAsync(context, $"The key in the header {ApiKey.Header} is not the key of the service.");
        }
    }

    // RFC 9110, 15.5.2: 401 is the answer both to no credentials and to wrong ones, and names how to give them.
    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.Headers.WWWAuthenticate = $"ApiKey realm=\"DigitService\", header=\"{ApiKey.Header}\"";
        return TypedResults.Problem(reason, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    // Hashes have one length, so that the time to compare them tells nothing of the key's.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    [LoggerMessage(LogLevel.Warning, "A wrong API key from {Client} for {Method} {Path}")]
    private partial void LogWrongKey(System.Net.IPAddress? client, string method, string path);
}
