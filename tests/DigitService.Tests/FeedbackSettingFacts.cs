using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed class FeedbackSettingFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TurnedOffNothingIsKeptOrShownAndThePageCanAsk()
    {
        using (var on = Host.Start(_folder))
        {
            using var kept = await on.Client.PostFeedbackAsync(Picture.SevenPng, "label=7");
            await kept.ReadAsync(HttpStatusCode.Created);
            Assert.Equal((true, 1), await SettingsAsync(on));
        }

        using var off = Host.Start(_folder, "--Feedback:Enabled", "false");
        Assert.Equal((false, 1), await SettingsAsync(off));
        var id = FeedbackApi.IdOf(Picture.SevenPng);
        foreach (var (method, path) in new[]
        {
            ("POST", "/feedback?label=7"), ("GET", "/feedback"), ("DELETE", "/feedback"), ("GET", "/feedback/export"), ("POST", "/feedback/import"),
            ("GET", $"/feedback/{id}"), ("GET", $"/feedback/{id}/image"), ("GET", $"/feedback/{id}/input"), ("PUT", $"/feedback/{id}"), ("DELETE", $"/feedback/{id}"),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await off.Client.SendAsync(request);
            Assert.Contains("Feedback:Enabled", await answer.ProblemAsync(HttpStatusCode.NotFound), StringComparison.Ordinal);
        }

        Assert.True(Directory.Exists(Path.Combine(off.Feedback, id)));
    }

    [Fact]
    public async Task WithAKeyPicturesAreSentByAllAndSeenByThoseWhoHaveIt()
    {
        using var host = Host.Start(_folder, "--Security:ApiKey", SecurityApp.Key);
        using (var sent = await host.Client.PostFeedbackAsync(Picture.SevenPng, "label=7"))
        {
            await sent.ReadAsync(HttpStatusCode.Created);
        }

        Assert.Equal((true, 1), await SettingsAsync(host));
        var id = FeedbackApi.IdOf(Picture.SevenPng);
        string[] paths = ["/feedback", $"/feedback/{id}", $"/feedback/{id}/image", $"/feedback/{id}/input", "/feedback/export"];
        foreach (var path in paths)
        {
            using var answer = await host.Client.GetAsync(path);
            Assert.Contains("X-Api-Key", await answer.ProblemAsync(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }

        using (var answer = await host.Client.DeleteAsync("/feedback"))
        {
            await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        }

        host.Client.DefaultRequestHeaders.Add("X-Api-Key", SecurityApp.Key);
        foreach (var path in paths)
        {
            using var answer = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task AFullStoreIsA507AndALargeZipA413()
    {
        using var host = Host.Start(_folder, "--Feedback:MaximumSamples", "2", "--Feedback:LargestImport", "1");
        foreach (var (stroke, status) in new[] { (1, HttpStatusCode.Created), (2, HttpStatusCode.Created), (3, HttpStatusCode.InsufficientStorage), (1, HttpStatusCode.OK) })
        {
            using var answer = await host.Client.PostFeedbackAsync(FeedbackApi.Stroke(stroke), "label=1");
            Assert.Equal(status, answer.StatusCode);
            if (status == HttpStatusCode.InsufficientStorage)
            {
                Assert.Contains("2 pictures", await answer.ProblemAsync(status), StringComparison.Ordinal);
            }
        }

        using var import = await host.Client.ImportFeedbackAsync(new byte[(1 << 20) + 1]);
        Assert.Contains("1,048,576", await import.ProblemAsync(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenToIsToldWithoutItsPlace()
    {
        using var host = Host.Start(_folder);
        await File.WriteAllTextAsync(host.Feedback, "in the way");
        using var answer = await host.Client.PostFeedbackAsync(Picture.SevenPng, "label=7");
        Assert.Contains("feedback", await answer.ProblemAsync(HttpStatusCode.InsufficientStorage), StringComparison.Ordinal);
        using var import = await host.Client.ImportFeedbackAsync(FeedbackApi.Zip(("7/a.png", Picture.SevenPng)));
        await import.ProblemAsync(HttpStatusCode.InsufficientStorage);
    }

    [Fact]
    public async Task WhatHasBeenKeptLongEnoughIsGoneAfterTheStart()
    {
        string file;
        using (var host = Host.Start(_folder))
        {
            foreach (var stroke in new[] { 1, 2 })
            {
                using var answer = await host.Client.PostFeedbackAsync(FeedbackApi.Stroke(stroke), "label=1");
                await answer.ReadAsync(HttpStatusCode.Created);
            }

            file = Path.Combine(host.Feedback, FeedbackApi.IdOf(FeedbackApi.Stroke(1)), "sample.json");
        }

        var sample = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        sample["createdAt"] = "2020-01-01T00:00:00+00:00";
        await File.WriteAllTextAsync(file, sample.ToJsonString());
        using var later = Host.Start(_folder, "--Feedback:RetentionDays", "30");
        var patience = Stopwatch.StartNew();
        while (await SettingsAsync(later) is not (true, 1))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), later.Log);
            await Task.Delay(50);
        }

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task WhatCannotBeSetEndsTheStartWithASentenceForEach()
    {
        var run = await ConfigurationRun.OfAsync(
            ["--Feedback:MaximumSamples", "0", "--Feedback:RetentionDays", "-1", "--Feedback:MaximumMegabytes", "0", "--Feedback:LargestImport", "5000"]);
        Assert.Equal(1, run.ExitCode);
        foreach (var key in new[] { "MaximumSamples is 0", "RetentionDays is -1", "MaximumMegabytes is 0", "LargestImport is 5,000" })
        {
            Assert.Contains($"Feedback:{key}; accepted:", run.Errors, StringComparison.Ordinal);
        }
    }

    private static async Task<(bool Enabled, int Count)> SettingsAsync(Host host)
    {
        var settings = await host.Client.GetFromJsonAsync<JsonElement>("/feedback/settings");
        return (settings.GetProperty("enabled").GetBoolean(), settings.GetProperty("count").GetInt32());
    }
}
