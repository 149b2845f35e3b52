using System.Globalization;
using System.Net;

namespace DigitService.Recognition.Evaluation;

/// <summary>
/// A piece of HTML or SVG. It is made from a template, whose values are escaped unless they are such pieces themselves:
/// nothing that a page shows can be forgotten to be escaped. Numbers are written the same in every country.
/// </summary>
internal readonly record struct Html(string Text)
{
    private static readonly Escaping _escaping = new();

    /// <summary>How numbers are written, with no space before a percent sign, at which a line could break.</summary>
    internal static NumberFormatInfo Numbers { get; } = new() { PercentPositivePattern = 1, PercentNegativePattern = 1 };

    internal static Html Of(FormattableString template) => new(template.ToString(_escaping));

    internal static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>A piece for every item, one after another.</summary>
    internal static Html ForEach<T>(IEnumerable<T> items, Func<T, Html> make) => Join(items.Select(make));

    public override string ToString() => Text;

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            Html html => html.Text,
            IFormattable value => WebUtility.HtmlEncode(value.ToString(format, Numbers)),
            _ => WebUtility.HtmlEncode(arg?.ToString()) ?? "",
        };
    }
}
