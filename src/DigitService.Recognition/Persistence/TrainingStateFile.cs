using System.Text.Json;
using System.Text.Json.Nodes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Persistence;

/// <summary>A run's progress and options in a checkpoint: numbers and strings in dictionaries, as Python reads them.</summary>
internal static class TrainingStateFile
{
    private static readonly JsonSerializerOptions _snakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal static PthDictionary ToPth(TrainingState state) => new()
    {
        ["batch"] = (long)state.BatchesDone,
        ["images_seen"] = state.ImagesSeen,
        ["loss_sum"] = state.LossSum,
        ["correct"] = state.Correct,
        ["seconds"] = state.Seconds,
        ["epochs"] = state.Epochs.Select(epoch => ToPth(JsonSerializer.SerializeToNode(epoch, _snakeCase))).ToList(),
    };

    internal static PthDictionary ToPth(TrainingOptions options) =>
        (PthDictionary)ToPth(JsonSerializer.SerializeToNode(options, _snakeCase))!;

    /// <exception cref="PthFormatException">Something is missing or of another type.</exception>
    internal static TrainingState Read(PthDictionary fields, PthDictionary? bestWeights, string name)
    {
        try
        {
            var epochs = ((List<object?>)fields["epochs"]!).Select(epoch => ToJson(epoch).Deserialize<EpochMetrics>(_snakeCase)!).ToArray();
            if (epochs.Length > 0 && bestWeights is null)
            {
                throw new PthFormatException($"{name} cannot be gone on from: the weights that it kept are missing.");
            }

            return new TrainingState
            {
                BatchesDone = (int)(long)fields["batch"]!,
                ImagesSeen = (long)fields["images_seen"]!,
                LossSum = (double)fields["loss_sum"]!,
                Correct = (long)fields["correct"]!,
                Seconds = (double)fields["seconds"]!,
                Epochs = [.. epochs],
                BestWeights = bestWeights,
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidCastException or NullReferenceException or JsonException)
        {
            throw new PthFormatException($"{name} cannot be gone on from: its progress is damaged.", error);
        }
    }

    /// <summary>Makes sure that a run goes on with the options that it began with.</summary>
    /// <exception cref="PthFormatException">They differ; the message says where.</exception>
    internal static void RequireSame(PthDictionary? made, TrainingOptions options, string name)
    {
        // What a file of an earlier version does not know of was off then.
        var (now, then) = (ToPth(options), Parse(made));
        foreach (var key in now.Keys.Cast<string>())
        {
            var (before, wanted) = (then is null ? "unknown" : Text(then[key]), Text(now[key]));
            if (before != wanted)
            {
                throw new PthFormatException($"{name} cannot be gone on from with other options: {key} was {before} and is now {wanted}.");
            }
        }

        static string Text(object? value) => ToJson(value)?.ToJsonString() ?? "none";
    }

    private static PthDictionary? Parse(PthDictionary? made)
    {
        try
        {
            return ToJson(made).Deserialize<TrainingOptions>(_snakeCase) is { } options ? ToPth(options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? ToPth(JsonNode? node) => node switch
    {
        JsonObject fields => ToPth(fields),
        JsonValue value when value.TryGetValue<bool>(out var truth) => truth,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<int>(out var whole) => (long)whole,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };

    private static PthDictionary ToPth(JsonObject fields)
    {
        var dictionary = new PthDictionary();
        foreach (var (key, value) in fields)
        {
            dictionary.Add(key, ToPth(value));
        }

        return dictionary;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        PthDictionary fields => new JsonObject(fields.Select(entry => KeyValuePair.Create((string)entry.Key, ToJson(entry.Value)))),
        null => null,
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}
