using Microsoft.Extensions.Options;

namespace DigitService.Operations.Telemetry;

/// <summary>The sending of measurements, where somebody has said whereto. Otherwise nothing of it is loaded.</summary>
internal static class TelemetrySetup
{
    private static readonly string[] _endpoints =
        ["Telemetry:OtlpEndpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    internal static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection("Telemetry")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, Check>();
        if (_endpoints.Any(key => !string.IsNullOrEmpty(configuration[key])))
        {
            services.AddHostedService<MeterExport>();
        }
    }

    private sealed class Check : IValidateOptions<TelemetryOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
            options.FindMistakes().ToList() is { Count: > 0 } mistakes
                ? ValidateOptionsResult.Fail(mistakes)
                : ValidateOptionsResult.Success;
    }
}
