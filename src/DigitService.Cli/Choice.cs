using System.CommandLine;

namespace DigitService.Cli;

/// <summary>Options whose value is one of a few words, written in any case.</summary>
internal static class Choice
{
    /// <summary>An option for a value of an enumeration; null if it is not given.</summary>
    internal static Option<T?> Of<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(WordOf).ToArray();
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var index = Array.FindIndex(words, word => string.Equals(word, result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase));
                if (index >= 0)
                {
                    return Enum.GetValues<T>()[index];
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; accepted: {string.Join(", ", words)}.");
                return null;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A value as it is typed: AdamW as adamw.</summary>
    internal static string WordOf<T>(T value)
        where T : notnull => value.ToString()!.ToLowerInvariant();
}
