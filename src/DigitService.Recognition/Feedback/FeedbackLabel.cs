using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Feedback;

/// <summary>What a person says that a picture shows: 0 to 9, or <see cref="DigitImages.NoDigit"/>, which is written <c>none</c>.</summary>
public static class FeedbackLabel
{
    /// <summary>How "not a digit" is written, in requests and as a folder of an archive.</summary>
    public const string None = "none";

    /// <summary>What is accepted, to end a sentence.</summary>
    public const string Accepted = "0 to 9, or none for what is not a digit";

    /// <summary>The label that a text stands for; null if it stands for none.</summary>
    public static int? TryParse(string text) => text switch
    {
        [>= '0' and <= '9'] => text[0] - '0',
        _ when text.Equals(None, StringComparison.OrdinalIgnoreCase) => DigitImages.NoDigit,
        _ => null,
    };

    /// <exception cref="InvalidInputException">The text stands for no label.</exception>
    public static int Parse(string text) =>
        TryParse(text) ?? throw new InvalidInputException($"The label is '{Shortened(text)}'; accepted: {Accepted}.");

    /// <summary>A label as it is written.</summary>
    public static string NameOf(int label) => label == DigitImages.NoDigit ? None : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>A label as answers have it: null for what is not a digit.</summary>
    public static int? DigitOf(int label) => label == DigitImages.NoDigit ? null : label;

    internal static void Require(int label)
    {
        if (label is < 0 or > DigitImages.NoDigit)
        {
            throw new InvalidInputException($"The label is {label}; accepted: {Accepted}.");
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
