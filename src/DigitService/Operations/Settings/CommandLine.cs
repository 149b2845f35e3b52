namespace DigitService.Operations.Settings;

/// <summary>What the service's command line is asked before anything starts: for help, for the version, for nonsense.</summary>
internal static class CommandLine
{
    // What ASP.NET Core itself reads, beside the service's own sections.
    private static readonly string[] _hostKeys =
        ["urls", "http_ports", "https_ports", "environment", "AllowedHosts", "Kestrel", "Logging"];

    /// <summary>Answers in place of the service; null if it is to start.</summary>
    /// <returns>The exit status.</returns>
    internal static int? Answer(string[] arguments)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            Console.Write(Help.Text());
            return 0;
        }

        if (arguments.Contains("--version"))
        {
            Console.WriteLine($"{ServiceVersion.Name} {ServiceVersion.Number}");
            return 0;
        }

        if (FindMistake(arguments) is { } mistake)
        {
            Console.Error.WriteLine(mistake);
            return 1;
        }

        return null;
    }

    private static string? FindMistake(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                return $"'{argument}' is no option. Options are written --Section:Key value; --help lists all.";
            }

            var (key, hasValue) = argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? (argument[2..equals], true)
                : (argument[2..], false);
            if (IsUnknown(key) is { } unknown)
            {
                return unknown;
            }

            if (!hasValue && (++i == arguments.Length || arguments[i].StartsWith("--", StringComparison.Ordinal)))
            {
                return $"--{key} has no value. It is written --{key} value, or --{key}=value.";
            }
        }

        return null;
    }

    private static string? IsUnknown(string key)
    {
        var root = key.Split(':')[0];
        return _hostKeys.Concat(SettingCatalog.Sections).Contains(root, StringComparer.OrdinalIgnoreCase)
            ? SettingsCheck.Unknown(key)
            : $"Nothing is called --{key}. --help lists all that can be set.";
    }
}
