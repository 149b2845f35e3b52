using System.Globalization;
using System.Text.Json.Nodes;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

/// <summary>
/// Says what a value is, bit for bit, in the JSON that Fixtures/describe_pth.py prints for the same
/// value in Python. Two values are equal when their descriptions are.
/// </summary>
internal static class Description
{
    internal static string Of(object? value) => Describe(value)?.ToJsonString() ?? "null";

    /// <summary>The same text for JSON that Python wrote with other spaces and escapes.</summary>
    internal static string Normalise(string json) => JsonNode.Parse(json)?.ToJsonString() ?? "null";

    private static JsonNode? Describe(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long number => Single("int", number.ToString(CultureInfo.InvariantCulture)),
        double number => Single("float", Bits(number).ToString("x16", CultureInfo.InvariantCulture)),
        string text => Single("str", text),
        List<object?> list => new JsonObject { ["list"] = new JsonArray([.. list.Select(Describe)]) },
        PthTuple tuple => new JsonObject { ["tuple"] = new JsonArray([.. tuple.Select(Describe)]) },
        PthDictionary dictionary => new JsonObject
        {
            [dictionary.IsOrdered ? "ordered" : "dict"] = new JsonArray(
                [.. dictionary.Select(entry => new JsonArray(Describe(entry.Key), Describe(entry.Value)))]),
        },
        PthTensor tensor => new JsonObject
        {
            ["tensor"] = tensor.ElementType.ToString().ToLowerInvariant(),
            ["shape"] = new JsonArray([.. tensor.Shape.Select(dimension => JsonValue.Create(dimension))]),
            ["data"] = Convert.ToHexStringLower(tensor.Data.Span),
        },
        _ => throw new ArgumentException($"A checkpoint holds no {value.GetType()}.", nameof(value)),
    };

    private static ulong Bits(double number) => BitConverter.DoubleToUInt64Bits(number);

    private static JsonObject Single(string kind, string text) => new() { [kind] = text };
}
