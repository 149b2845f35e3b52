using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DigitService.Tests;

/// <summary>What facts about training ask of the service.</summary>
internal static class TrainingCalls
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    internal static Task<HttpResponseMessage> PostAsync(this Host host, string address, object? body = null) =>
        host.Client.PostAsync(address, body is null ? null : JsonContent.Create(body));

    /// <summary>Queues a run.</summary>
    internal static async Task<string> TrainAsync(this Host host, object options)
    {
        using var answer = await host.PostAsync("/train", options);
        var run = await ReadAsync(answer, HttpStatusCode.Accepted);
        var id = run.GetProperty("id").GetString()!;
        Assert.Equal(("queued", $"/runs/{id}"), (run.GetProperty("status").GetString(), $"{answer.Headers.Location}"));
        return id;
    }

    /// <summary>Cancels or resumes a run.</summary>
    internal static async Task<string> ChangeAsync(this Host host, string id, string change)
    {
        using var answer = await host.PostAsync($"/runs/{id}/{change}");
        return (await ReadAsync(answer, HttpStatusCode.Accepted)).GetProperty("status").GetString()!;
    }

    internal static Task<JsonElement> RunAsync(this Host host, string id) => host.Client.GetFromJsonAsync<JsonElement>($"/runs/{id}");

    /// <summary>Asks for a run until it is what is waited for.</summary>
    internal static async Task<JsonElement> WaitForRunAsync(this Host host, string id, Predicate<JsonElement> isWanted)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var run = await host.RunAsync(id);
            if (isWanted(run))
            {
                return run;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < _patience, $"{run}\n{host.Log}");
            await Task.Delay(20);
        }
    }

    internal static Task<JsonElement> WaitForRunAsync(this Host host, string id, string status) =>
        host.WaitForRunAsync(id, run => run.GetProperty("status").GetString() == status
            || (run.GetProperty("status").GetString() is "failed" or "completed" ? throw new InvalidOperationException($"{run}") : false));

    /// <summary>The weights of the model that a completed run made.</summary>
    internal static byte[] Weights(this Host host, JsonElement run) =>
        File.ReadAllBytes(Path.Combine(host.Models, run.GetProperty("modelId").GetString()!, "model.pth"));

    internal static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {body}");
        Assert.Equal(
            answer.IsSuccessStatusCode ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Asks for what is to be refused, and gives the sentence that says why.</summary>
    internal static async Task<string> RefusedAsync(Task<HttpResponseMessage> asking, HttpStatusCode expected)
    {
        using var answer = await asking;
        return (await ReadAsync(answer, expected)).GetProperty("detail").GetString()!;
    }
}
