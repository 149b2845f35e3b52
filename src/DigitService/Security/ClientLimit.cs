using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace DigitService.Security;

/// <summary>A bucket of tokens for every client.</summary>
/// <param name="burst">How many requests a client has at once.</param>
/// <param name="count">How many it is given again every <paramref name="period"/>; 0 to limit nobody.</param>
/// <param name="period">In seconds at least, since Retry-After counts so.</param>
/// <param name="limitLoopback">Whether clients on this machine are limited too.</param>
/// <param name="reason">What is said to those who ask too often.</param>
internal sealed class ClientLimit(int burst, int count, TimeSpan period, bool limitLoopback, string reason) : IRateLimiterPolicy<int>
{
    private const int Unlimited = -1;

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected =>
        async (rejected, _) => await RefuseAsync(
            rejected.HttpContext, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero, reason);

    public RateLimitPartition<int> GetPartition(HttpContext httpContext) =>
        count == 0 || (!limitLoopback && Client.IsLocal(httpContext))
            ? RateLimitPartition.GetNoLimiter(Unlimited)
            : RateLimitPartition.GetTokenBucketLimiter(
                Client.BucketOf(httpContext.Connection.RemoteIpAddress),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = burst, TokensPerPeriod = count, ReplenishmentPeriod = period });

    internal static PartitionedRateLimiter<HttpContext> Limiter(int burst, int count, TimeSpan period, bool limitLoopback) =>
        PartitionedRateLimiter.Create<HttpContext, int>(new ClientLimit(burst, count, period, limitLoopback, "").GetPartition);

    /// <summary>429, with the seconds to wait: one at least.</summary>
    internal static Task RefuseAsync(HttpContext context, TimeSpan wait, string reason)
    {
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return TypedResults.Problem($"{reason} Try again in {seconds} s.", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(context);
    }
}
