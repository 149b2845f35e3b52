using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Says which setting of <c>Security</c> cannot be, and what is accepted. The key itself is never repeated.</summary>
internal sealed class SecurityOptionsCheck : IValidateOptions<SecurityOptions>
{
    private const int ShortestKey = 16;
    private const int LongestKey = 256;
    private const int Many = 1_000_000;
    private const int Hour = 3_600;

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        string?[] faults =
        [
            KeyFault(options.ApiKey),
            RangeFault(nameof(options.PredictionsPerSecond), options.PredictionsPerSecond, 0, Many),
            RangeFault(nameof(options.TrainingsPerMinute), options.TrainingsPerMinute, 0, Many),
            RangeFault(nameof(options.MaximumConnections), options.MaximumConnections, 1, Many),
            RangeFault(nameof(options.MaximumWebSockets), options.MaximumWebSockets, 0, Many),
            RangeFault(nameof(options.MaximumBodyBytes), options.MaximumBodyBytes, 0, 1 << 30),
            RangeFault(nameof(options.HeadersTimeoutSeconds), options.HeadersTimeoutSeconds, 1, Hour),
            RangeFault(nameof(options.KeepAliveSeconds), options.KeepAliveSeconds, 1, Hour),
            RangeFault(nameof(options.MinimumBodyBytesPerSecond), options.MinimumBodyBytesPerSecond, 1, Many),
            RangeFault(nameof(options.BodyGraceSeconds), options.BodyGraceSeconds, 2, Hour),
            .. options.TrustedProxies.Select(ProxyFault),
            .. options.CorsOrigins.Select(OriginFault),
        ];
        string[] found = [.. faults.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    /// <summary>An address, or a network such as <c>10.0.0.0/8</c>; null if the text is neither.</summary>
    internal static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) && text.AsSpan().ContainsAny('.', ':') ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    // Empty is what a variable that was not set leaves behind. To take it for "no key" would open the door in silence.
    private static string? KeyFault(string? key) =>
        key is null || (key.Length is >= ShortestKey and <= LongestKey && key.All(c => c is > ' ' and <= '~'))
            ? null
            : Fault(
                nameof(SecurityOptions.ApiKey),
                key.Length is >= ShortestKey and <= LongestKey ? "has a space, or a character that is not ASCII" : $"has {key.Length} characters",
                $"{ShortestKey} to {LongestKey} visible ASCII characters, such as `openssl rand -hex 16` prints; leave it out to ask for no key");

    private static string? RangeFault(string name, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : Fault(name, $"is {value}", string.Create(CultureInfo.InvariantCulture, $"{least:N0} to {most:N0}"));

    private static string? ProxyFault(string text) =>
        Network(text) is null
            ? Fault(nameof(SecurityOptions.TrustedProxies), $"has '{text}'", "addresses such as 10.0.0.2 or fd00::2, and networks such as 10.0.0.0/8")
            : null;

    private static string? OriginFault(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.GetLeftPart(UriPartial.Authority) == text
            && uri.UserInfo.Length == 0
            ? null
            : Fault(nameof(SecurityOptions.CorsOrigins), $"has '{text}'", "origins as browsers write them, such as https://example.org or http://localhost:3000, without a path");

    private static string Fault(string name, string what, string accepted) => $"{SecurityOptions.Section}:{name} {what}; accepted: {accepted}.";
}
