using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DigitService.Security;

/// <summary>With how much a client may come, and how slowly: what keeps a few of them from holding all that there is.</summary>
internal static class ConnectionLimits
{
    internal static void Apply(KestrelServerOptions kestrel, SecurityOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaximumConnections;
        limits.MaxRequestBodySize = options.MaximumBodyBytes;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeadersTimeoutSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        limits.MinRequestBodyDataRate = new MinDataRate(
            options.MinimumBodyBytesPerSecond, TimeSpan.FromSeconds(options.BodyGraceSeconds));
    }
}
