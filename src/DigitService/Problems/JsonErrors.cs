using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DigitService.Problems;

/// <summary>Says what is wrong with JSON, and where, without a word of the types behind it.</summary>
internal static partial class JsonErrors
{
    internal static string Sentence(JsonException error) => error.Message switch
    {
        var message when Converted().Match(message) is { Success: true } converted =>
            $"{error.Path} in the JSON is not accepted; accepted: {Accepted(Expected(error) ?? converted.Groups["type"].Value)}.",
        var message when Unmapped().Match(message) is { Success: true } unmapped =>
            $"The JSON has '{unmapped.Groups["name"]}', which is not known here; /swagger says what is.",
        var message when Lacking().Match(message) is { Success: true } lacking =>
            $"The JSON lacks {lacking.Groups["names"]}; /swagger says what it is.",
        _ when error.LineNumber is { } line => string.Create(
            CultureInfo.InvariantCulture,
            $"The body is not the JSON that is accepted: it cannot be read on from line {line + 1}, byte {error.BytePositionInLine}."),
        _ => "The body is not the JSON that is accepted; /swagger says what is.",
    };

    /// <summary>What a caller knows a type of .NET by: <c>System.Nullable`1[System.Int32]</c> is a whole number.</summary>
    internal static string Accepted(string type) => LastName().Match(type).Value switch
    {
        "bool" or "Boolean" or "boolean" => "true or false",
        "int" or "Int32" or "long" or "Int64" => "a whole number",
        "float" or "Single" or "double" or "Double" or "number" => "a number",
        "string" or "String" => "a text",
        _ => "what /swagger says",
    };

    // Of a record, the outer message has the record's type, and the inner one its member's.
    private static string? Expected(JsonException error) =>
        error.InnerException is { } inner && MemberType().Match(inner.Message) is { Success: true } member ? member.Groups["type"].Value : null;

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>\S+?)\.(?: Path:|$)")]
    private static partial Regex Converted();

    [GeneratedRegex("^The JSON property '(?<name>.*?)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (?<names>.*?)[.;]")]
    private static partial Regex Lacking();

    [GeneratedRegex(@" (?:for|as) an? (?<type>\w+)\.$")]
    private static partial Regex MemberType();

    [GeneratedRegex(@"\w+(?=[\]>?]*$)")]
    private static partial Regex LastName();
}
