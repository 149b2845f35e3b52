using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitService.Predictions;

/// <summary>How answers are written, worked out when this is compiled.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
internal sealed partial class PredictionJson : JsonSerializerContext;
