using System.Diagnostics;
using DigitService.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DigitService.Tests;

public class ApiKeyFacts
{
    [Fact]
    public async Task WithoutAKeySetEverybodyMay()
    {
        await using var app = await SecurityApp.StartAsync();
        using var answer = await app.SendAsync("POST", "/change");
        Assert.Equal("changed", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task WithAKeySetOnlyThoseWhoHaveItMayChangeSomething()
    {
        await using var app = await SecurityApp.StartAsync("--Security:ApiKey", SecurityApp.Key);
        using (var without = await app.SendAsync("POST", "/change"))
        {
            Assert.Contains("X-Api-Key", await SecurityApp.ReadDetailAsync(without, 401), StringComparison.Ordinal);
            Assert.Contains("X-Api-Key", without.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        foreach (var wrong in new[] { SecurityApp.Key[1..], SecurityApp.Key + "0", SecurityApp.Key.ToUpperInvariant(), "x" })
        {
            using var answer = await app.SendAsync("POST", "/change", (ApiKey.Header, wrong));
            Assert.Contains("not the key", await SecurityApp.ReadDetailAsync(answer, 401), StringComparison.Ordinal);
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        }

        using var twice = await app.SendAsync("POST", "/change", (ApiKey.Header, SecurityApp.Key), (ApiKey.Header, "x"));
        await SecurityApp.ReadProblemAsync(twice, 401);
        using var right = await app.SendAsync("POST", "/change", (ApiKey.Header, SecurityApp.Key));
        Assert.Equal("changed", await right.Content.ReadAsStringAsync());
        Assert.Contains("A wrong API key from", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(SecurityApp.Key[1..], app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/things", 200)]
    [InlineData("POST", "/predict", 200)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/change", 405)]
    public async Task WhatChangesNothingWantsNoKey(string method, string path, int status)
    {
        await using var app = await SecurityApp.StartAsync("--Security:ApiKey", SecurityApp.Key);
        using var answer = await app.SendAsync(method, path);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task GuessingIsSlowedAndTheRightKeyWaitsToo()
    {
        await using var app = await SecurityApp.StartAsync("--Security:ApiKey", SecurityApp.Key, "--Security:LimitLoopback", "true");
        var statuses = new List<int>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 12 || Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1); i++)
        {
            using var answer = await app.SendAsync("POST", "/change", (ApiKey.Header, $"guess-{i}"));
            statuses.Add((int)answer.StatusCode);
        }

        // A machine that is busy may take so long for them that another one is due.
        var due = 10 + (int)(Stopwatch.GetElapsedTime(started).TotalSeconds / 6);
        Assert.All(statuses.Take(10), status => Assert.Equal(401, status));
        Assert.InRange(statuses.Count(status => status == 401), 10, due);
        Assert.Equal(statuses.Count, statuses.Count(status => status is 401 or 429));
        using var right = await app.SendAsync("POST", "/change", (ApiKey.Header, SecurityApp.Key));
        Assert.Contains("too many wrong keys", await SecurityApp.ReadDetailAsync(right, 429), StringComparison.Ordinal);
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 6);
    }

    [Fact]
    public async Task EveryRouteThatChangesSomethingIsMarked()
    {
        await using var service = await SecurityEndpoints.StartServiceAsync();
        Assert.Contains(service.Endpoints, endpoint => endpoint.RoutePattern.RawText == "/predict");
        Assert.Empty(SecurityEndpoints.Unmarked(service.Endpoints));
    }

    [Fact]
    public async Task ARouteThatIsNotMarkedIsFound()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/models", () => "read");
        app.MapDelete("/models/{id}", (string id) => id);
        app.MapPost("/train", () => "marked").RequireApiKey();
        app.Map("/anything", () => "of any method");
        app.MapPost("/predicted", () => "not /predict");
        app.MapPost("/predict/batch", () => "read");
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        Assert.Equal(["/models/{id}", "/anything", "/predicted"], SecurityEndpoints.Unmarked(endpoints));
    }
}
