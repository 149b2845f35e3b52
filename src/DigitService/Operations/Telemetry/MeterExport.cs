using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DigitService.Operations.Telemetry;

/// <summary>
/// Sends what is measured to an OpenTelemetry collector. It begins when all else has started, so that the start's own
/// predictions are nobody's, and sends a last time when all else has ended. A collector that does not answer is no harm.
/// </summary>
internal sealed class MeterExport(IOptions<TelemetryOptions> options) : IHostedLifecycleService, IDisposable
{
    private const int LongestFarewellMilliseconds = 4_000;

    private static readonly string[] _meters =
        ["DigitService", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly TelemetryOptions _options = options.Value;
    private MeterProvider? _provider;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceVersion.Name, serviceVersion: ServiceVersion.Number))
            .AddMeter(_meters)
            .AddOtlpExporter(Configure)
            .Build();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(LongestFarewellMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();

    // What the environment says in OpenTelemetry's own variables holds where the section says nothing.
    private void Configure(OtlpExporterOptions exporter, MetricReaderOptions reader)
    {
        if (_options.OtlpEndpoint is { Length: > 0 } endpoint)
        {
            var isHttp = _options.OtlpProtocol == OtlpProtocol.HttpProtobuf;
            exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            exporter.Endpoint = new Uri(isHttp ? $"{endpoint.TrimEnd('/')}/v1/metrics" : endpoint);
        }

        if (_options.IntervalSeconds is { } seconds)
        {
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = seconds * 1_000;
        }
    }
}
