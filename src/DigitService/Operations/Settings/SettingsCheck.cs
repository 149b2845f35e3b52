using System.ComponentModel;

namespace DigitService.Operations.Settings;

/// <summary>Finds what is set and cannot be: values of another type, addresses that are none, and keys that nobody reads.</summary>
internal static class SettingsCheck
{
    /// <summary>
    /// What keeps the service from starting, a sentence each. Such a value gives way to the default, so that the checks of
    /// the options themselves, which come after, can be made of all the others.
    /// </summary>
    internal static IReadOnlyList<string> FindMistakes(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        foreach (var setting in SettingCatalog.All.Where(setting => !setting.IsList))
        {
            if (configuration[setting.Key] is { } value && !CanConvert(value, setting.Type))
            {
                mistakes.Add($"{setting.Key} is '{value}'; accepted: {setting.Accepted}.");
                configuration[setting.Key] = setting.DefaultText;
            }
        }

        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        mistakes.AddRange(urls
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => !CanListen(url))
            .Select(url => $"urls has '{url}'; accepted: addresses such as http://localhost:8080 or, for any free port, "
                + "http://127.0.0.1:0, separated by semicolons."));
        return mistakes;
    }

    /// <summary>The keys of the service's own sections that nothing reads, a sentence each.</summary>
    internal static IEnumerable<string> FindUnknown(IConfiguration configuration) =>
        from section in SettingCatalog.All.Select(setting => setting.Section).Distinct()
        from key in configuration.GetSection(section).AsEnumerable()
        where key.Value is not null && Unknown(key.Key) is not null
        select Unknown(key.Key);

    /// <summary>What to say of a key that nobody knows; null for one that is known.</summary>
    internal static string? Unknown(string key)
    {
        var known = SettingCatalog.All
            .Where(setting => key.StartsWith($"{setting.Section}:", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return known.Count == 0 || known.Exists(setting => IsOf(key, setting))
            ? null
            : $"Nothing is called {key}. Did you mean {known.MinBy(setting => Distance(key, setting.Key))!.Key}? --help lists all that can be set.";
    }

    private static bool IsOf(string key, Setting setting) =>
        key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)
        || (setting.IsList && key.StartsWith($"{setting.Key}:", StringComparison.OrdinalIgnoreCase));

    private static bool CanConvert(string value, Type type)
    {
        try
        {
            // An empty value stands for none.
            return (value.Length == 0 && Nullable.GetUnderlyingType(type) is not null)
                || TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool CanListen(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe
                || address is { Port: > 0 and <= ushort.MaxValue }
                || address is { Port: 0, Host: not "localhost" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>How many letters are to be changed, added or left out to make one word of the other (Levenshtein, 1966).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (isSame ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[other.Length];
    }
}
