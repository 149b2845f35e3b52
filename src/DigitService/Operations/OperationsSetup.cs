using DigitService.Operations.Logs;
using DigitService.Operations.Telemetry;
using Microsoft.Extensions.Logging.Console;

namespace DigitService.Operations;

/// <summary>What those who run the service look at: logs, measurements, and how it starts and ends.</summary>
internal static class OperationsSetup
{
    // What is left of the ten seconds that Docker gives is for a last sending of measurements, and for a busy machine.
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(6);

    internal static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();

        // In a flood of failures lines are left out, and counted, rather than requests held up.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);

        // What keeps the service from starting is told once, in a sentence, by who runs it.
        foreach (var category in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" })
        {
            builder.Logging.AddFilter(category, level => ServiceRun.HasStarted && level >= LogLevel.Warning);
        }

        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = _longestEnd;

            // A training run is stopped while the last requests are answered, not after them.
            host.ServicesStopConcurrently = true;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddHostedService<ServiceLife>();
    }

    internal static void UseOperations(this WebApplication app) => app.UseMiddleware<RequestLog>();
}
