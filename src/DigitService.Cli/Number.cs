using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace DigitService.Cli;

/// <summary>Options whose value is a number, written with a point and without separators.</summary>
internal static class Number
{
    /// <summary>An option for a number; null if it is not given.</summary>
    internal static Option<T?> Of<T>(string name, string unit, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = unit,
            CustomParser = result =>
            {
                if (T.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                {
                    return value;
                }

                var accepted = typeof(T) == typeof(double) ? "a number such as 0.001" : "a whole number such as 10";
                result.AddError($"{name} is '{result.Tokens[0].Value}'; accepted: {accepted}.");
                return null;
            },
        };
}
