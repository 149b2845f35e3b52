namespace DigitService.Operations.Telemetry;

/// <summary>Where measurements are sent: the section <c>Telemetry</c> of the configuration.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>
    /// The address of an OpenTelemetry collector, such as http://localhost:4318. Without it, and without
    /// OTEL_EXPORTER_OTLP_ENDPOINT in the environment, nothing is sent.
    /// </summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How it is spoken to: HttpProtobuf (port 4318, as a rule) or Grpc (port 4317).</summary>
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.HttpProtobuf;

    /// <summary>Seconds from one sending to the next, 1 to 3,600; null for what OTEL_METRIC_EXPORT_INTERVAL says, or 60.</summary>
    public int? IntervalSeconds { get; init; }

    /// <summary>What is wrong with the options, a sentence each.</summary>
    internal IEnumerable<string> FindMistakes()
    {
        if (OtlpEndpoint is { Length: > 0 }
            && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"Telemetry:OtlpEndpoint is '{OtlpEndpoint}'; accepted: an address such as http://localhost:4318.";
        }

        if (IntervalSeconds is < 1 or > 3_600)
        {
            yield return $"Telemetry:IntervalSeconds is {IntervalSeconds}; accepted: 1 to 3,600.";
        }
    }
}

/// <summary>The two ways of the OpenTelemetry protocol.</summary>
internal enum OtlpProtocol
{
    HttpProtobuf,
    Grpc,
}
