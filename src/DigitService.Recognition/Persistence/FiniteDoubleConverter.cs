using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitService.Recognition.Persistence;

/// <summary>Numbers that a JSON file can hold. 1e999 would else be read as infinity, which cannot be written again.</summary>
internal sealed class FiniteDoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
