using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DigitService.Predictions;

/// <summary>How a batch is written: that a digit is null is an answer where a picture was read, and left out where it was not.</summary>
internal static class BatchJson
{
    private static readonly JsonSerializerOptions _options = new(PredictionJson.Default.Options)
    {
        TypeInfoResolver = PredictionJson.Default.WithAddedModifier(WriteNullsOfPredictions),
    };

    internal static JsonTypeInfo<BatchAnswer> Answer { get; } = (JsonTypeInfo<BatchAnswer>)_options.GetTypeInfo(typeof(BatchAnswer));

    private static void WriteNullsOfPredictions(JsonTypeInfo type)
    {
        foreach (var property in type.Type == typeof(BatchEntry) ? type.Properties : [])
        {
            if (property.Name is "digit" or "isDigit")
            {
                property.ShouldSerialize = (entry, _) => ((BatchEntry)entry).Error is null;
            }
        }
    }
}
