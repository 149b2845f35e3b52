using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>How often a client may ask: the policies for <c>RequireRateLimiting</c>.</summary>
internal static class RateLimits
{
    /// <summary>For routes that read digits.</summary>
    internal const string Predictions = "predictions";

    /// <summary>For routes that start training.</summary>
    internal const string Training = "training";

    /// <summary>For the route that connections to the hub are asked for by.</summary>
    internal const string Connections = "connections";

    // A page asks for one, and for another each time that it has lost the service.
    private const int ConnectionsPerSecond = 20;

    internal static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SecurityOptions>>((limits, security) =>
        {
            var options = security.Value;
            limits.AddPolicy(Predictions, new ClientLimit(
                2 * options.PredictionsPerSecond,
                options.PredictionsPerSecond,
                TimeSpan.FromSeconds(1),
                options.LimitLoopback,
                Reason(options.PredictionsPerSecond, "predictions a second", nameof(options.PredictionsPerSecond))));

            // One at a time: who waits for the next one should not have to wait for a minute's worth of them.
            limits.AddPolicy(Training, new ClientLimit(
                options.TrainingsPerMinute,
                Math.Sign(options.TrainingsPerMinute),
                TimeSpan.FromMinutes(1) / Math.Max(1, options.TrainingsPerMinute),
                options.LimitLoopback,
                Reason(options.TrainingsPerMinute, "trainings a minute", nameof(options.TrainingsPerMinute))));
            limits.AddPolicy(Connections, new ClientLimit(
                5 * ConnectionsPerSecond,
                ConnectionsPerSecond,
                TimeSpan.FromSeconds(1),
                options.LimitLoopback,
                $"A client has {ConnectionsPerSecond} new connections to the hub a second here."));
        });
    }

    private static string Reason(int limit, string of, string setting) => string.Create(
        CultureInfo.InvariantCulture, $"A client has {limit:N0} {of} here ({SecurityOptions.Section}:{setting}).");
}
