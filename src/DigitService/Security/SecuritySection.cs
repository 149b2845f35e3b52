using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Reads the section <c>Security</c>. A setting that is misspelt protects nothing, so none is passed over in silence.</summary>
internal static class SecuritySection
{
    private static readonly string[] _settings = [.. typeof(SecurityOptions).GetProperties().Select(setting => setting.Name)];

    /// <exception cref="OptionsValidationException">A setting is unknown.</exception>
    internal static void Bind(SecurityOptions options, IConfiguration configuration)
    {
        var section = configuration.GetSection(SecurityOptions.Section);
        var unknown = section.GetChildren().Where(setting => !_settings.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count > 0)
        {
            throw new OptionsValidationException(
                SecurityOptions.Section,
                typeof(SecurityOptions),
                unknown.Select(setting => $"{setting.Path} is no setting; there are: {string.Join(", ", _settings)}."));
        }

        section.Bind(options);
        AddSeparated(options.TrustedProxies, section[nameof(SecurityOptions.TrustedProxies)]);
        AddSeparated(options.CorsOrigins, section[nameof(SecurityOptions.CorsOrigins)]);
    }

    // A list has a key for each item, but a command line or a variable of the environment is easier written as one text.
    private static void AddSeparated(List<string> list, string? text) =>
        list.AddRange((text ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
