using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Tests;

/// <summary>What facts about models ask of the service.</summary>
internal static class ModelApi
{
    internal const string Shipped = ShippedModel.Id;

    // A one, as MNIST has it.
    private static readonly int[] _one = [.. Enumerable.Range(0, 784).Select(i => i % 28 is 13 or 14 && i / 28 is > 4 and < 24 ? 255 : 0)];

    /// <summary>A file of weights that have learned nothing.</summary>
    internal static byte[] Weights(string network = "mlp", long seed = 1)
    {
        using var made = NetworkCatalog.Create(network, seed);
        using var file = new MemoryStream();
        Checkpoint.OfWeights(made).Write(file);
        return file.ToArray();
    }

    internal static async Task<HttpResponseMessage> ImportAsync(this HttpClient client, byte[]? file, params (string Name, string Value)[] texts)
    {
        using var form = new MultipartFormDataContent();
        if (file is not null)
        {
            form.Add(new ByteArrayContent(file), "file", "weights.pth");
        }

        foreach (var (name, value) in texts)
        {
            form.Add(new StringContent(value), name);
        }

        return await client.PostAsync("/models", form);
    }

    /// <summary>Imports a model that has learned nothing.</summary>
    /// <returns>Its id.</returns>
    internal static async Task<string> ImportAsync(this HttpClient client, long seed = 1)
    {
        using var answer = await client.ImportAsync(Weights(seed: seed), ("network", "mlp"));
        return (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
    }

    internal static Task<HttpResponseMessage> ActivateAsync(this HttpClient client, string id) =>
        client.PostAsync($"/models/{id}/activate", null);

    /// <summary>The probabilities of a picture's ten digits, and the model that gave them.</summary>
    internal static async Task<(string Model, double[] Probabilities)> PredictAsync(this HttpClient client, string? model = null)
    {
        using var answer = await client.PostAsJsonAsync(model is null ? "/predict" : $"/predict?model={model}", new { pixels = _one });
        var prediction = await answer.ReadAsync(HttpStatusCode.OK);
        return (
            prediction.GetProperty("model").GetString()!,
            [.. prediction.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())]);
    }

    internal static async Task<string?> ActiveAsync(this HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/models"))
        .EnumerateArray().Single(model => model.GetProperty("isActive").GetBoolean()).GetProperty("id").GetString();

    /// <summary>The body of an answer that has the status which is expected.</summary>
    internal static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>The sentence of a problem, in which nothing is told of where the service has its files.</summary>
    internal static async Task<string> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var problem = await answer.ReadAsync(expected);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var sentence = problem.GetProperty("detail").GetString()!;
        Assert.DoesNotContain(Path.GetTempPath(), sentence, StringComparison.Ordinal);
        return sentence;
    }
}
