namespace DigitService.Security;

/// <summary>Who may do what, how often and with how much: the section <c>Security</c> of the configuration.</summary>
internal sealed class SecurityOptions
{
    internal const string Section = "Security";

    /// <summary>What <c>X-Api-Key</c> has to be for everything that changes something or shows feedback, 16 to 256 visible ASCII characters; null asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How many requests for predictions a client has a second, and twice as many at once; 0 for any number, to 1,000,000.</summary>
    public int PredictionsPerSecond { get; init; } = 100;

    /// <summary>How many trainings a client may ask for in a minute, all at once too; 0 for any number, to 1,000,000.</summary>
    public int TrainingsPerMinute { get; init; } = 30;

    /// <summary>
    /// Whether clients on this machine are limited too. They are not, as a rule: whoever runs a program here can slow the
    /// service down with or without HTTP, and the scripts and measurements of its owner would be what is stopped.
    /// </summary>
    public bool LimitLoopback { get; init; }

    /// <summary>Reverse proxies, as addresses and networks, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed.</summary>
    public List<string> TrustedProxies { get; } = [];

    /// <summary>The origins whose pages may use the API, such as <c>https://example.org</c>; none but the service's own by default.</summary>
    public List<string> CorsOrigins { get; } = [];

    /// <summary>How many connections there may be at once, 1 to 1,000,000; more are closed.</summary>
    public int MaximumConnections { get; init; } = 4_096;

    /// <summary>How many of them may become WebSockets, 0 to 1,000,000; more are answered with 503.</summary>
    public int MaximumWebSockets { get; init; } = 1_024;

    /// <summary>The longest body in bytes, 0 to 1 GiB, where a route does not say otherwise.</summary>
    public int MaximumBodyBytes { get; init; } = 1 << 20;

    /// <summary>In how many seconds a request's headers have to be there, 1 to 3,600.</summary>
    public int HeadersTimeoutSeconds { get; init; } = 10;

    /// <summary>After how many seconds without a request a connection is closed, 1 to 3,600: longer than proxies keep theirs.</summary>
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>How many bytes a second of its body a client has to send on average, 1 to 1,000,000; slower ones are answered with 408.</summary>
    public int MinimumBodyBytesPerSecond { get; init; } = 1_024;

    /// <summary>For how many seconds that is not asked of it, 2 to 3,600.</summary>
    public int BodyGraceSeconds { get; init; } = 5;
}
