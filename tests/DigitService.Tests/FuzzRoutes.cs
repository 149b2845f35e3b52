using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DigitService.Tests;

/// <summary>What there is to ask for: what is known here, and what the service's own description has beside it.</summary>
internal static class FuzzRoutes
{
    private const string Description = "/swagger/v1/swagger.json";

    // A route that is new needs no line here once the description has it.
    private static readonly string[] _known =
    [
        "/", "/index.html", "/css/site.css", "/css", "/favicon.svg", "/js/main.js", "/swagger", "/swagger/index.html", Description,
        "/health/live", "/health/ready", "/predict", "/predict/batch", "/train", "/runs", "/runs/{id}", "/runs/{id}/cancel",
        "/runs/{id}/resume", "/models", "/models/{id}", "/models/{id}/activate", "/models/{id}/weights", "/models/{id}/evaluation",
        "/models/{id}/mistakes", "/networks", "/networks/{name}/diagram", "/recipes", "/hubs/training", "/hubs/training/negotiate",
    ];

    internal static async Task<string[]> FindAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Description);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return _known;
        }

        var description = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. description.GetProperty("paths").EnumerateObject().Select(path => path.Name).Union(_known)];
    }
}
