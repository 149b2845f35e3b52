using System.Collections.Concurrent;
using System.Net;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The service is killed while it stores, corrects, deletes and imports pictures, again and again in one folder.</summary>
public sealed class FeedbackKillFacts : IDisposable
{
    private const int Kills = 4;
    private const int LongestMilliseconds = 800;
    private const int Senders = 4;

    private readonly TemporaryFolder _folder = new();

    // What was acknowledged; and what was asked for, and might have been done.
    private readonly ConcurrentDictionary<string, byte> _there = [];
    private readonly ConcurrentDictionary<string, byte> _uncertain = [];
    private int _number;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatWasAcknowledgedIsThereAfterAKillAndNothingIsHalfThere()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = Host.Start(_folder);
            await RequireWholeAsync(host);
            using var end = new CancellationTokenSource();
            Task[] changing = [.. Enumerable.Range(0, Senders).Select(_ => PostAsync(host, end.Token)), DeleteAsync(host, end.Token), ImportAsync(host, end.Token)];
            // Spread over all of what goes on, and the same in every run of this fact.
            await Task.Delay(100 + (kill * 557 % LongestMilliseconds));
            host.Kill();
            await end.CancelAsync();
            await Task.WhenAll(changing);
        }

        using var last = Host.Start(_folder);
        await RequireWholeAsync(last);
        Assert.NotEmpty(_there);
    }

    private async Task RequireWholeAsync(Host host)
    {
        var found = new HashSet<string>();
        for (var page = 1; ; page++)
        {
            var list = await host.Client.ListFeedbackAsync($"limit=500&page={page}");
            Assert.Equal(0, list.GetProperty("damaged").GetArrayLength());
            var ids = list.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("id").GetString()!).ToArray();
            found.UnionWith(ids);
            if (ids.Length < 500)
            {
                break;
            }
        }

        Assert.Empty(_there.Keys.Except(found).Except(_uncertain.Keys));
        Assert.Empty(found.Except(_there.Keys).Except(_uncertain.Keys));
        foreach (var id in found)
        {
            var picture = Directory.GetFiles(Path.Combine(host.Feedback, id), "picture.*").Single();
            Assert.Equal(id, FeedbackApi.IdOf(await File.ReadAllBytesAsync(picture)));
        }

        if (Directory.Exists(host.Feedback))
        {
            Assert.Equal(found.Order(), Directory.GetFileSystemEntries(host.Feedback).Select(Path.GetFileName).Where(name => name != ".lock").Order());
        }

        _there.Clear();
        _uncertain.Clear();
        foreach (var id in found)
        {
            _there[id] = 0;
        }
    }

    private Task PostAsync(Host host, CancellationToken end) => UntilKilledAsync(async () =>
    {
        var picture = FeedbackApi.Stroke(Interlocked.Increment(ref _number));
        var id = FeedbackApi.IdOf(picture);
        _uncertain[id] = 0;
        using var answer = await host.Client.PostFeedbackAsync(picture, "label=1");
        Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"{answer.StatusCode}");
        _there[id] = 0;
        _uncertain.TryRemove(id, out var _);
    }, end);

    private Task DeleteAsync(Host host, CancellationToken end) => UntilKilledAsync(async () =>
    {
        if (_there.Keys.FirstOrDefault() is { } id)
        {
            _uncertain[id] = 0;
            using var answer = await host.Client.DeleteAsync($"/feedback/{id}");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            _there.TryRemove(id, out var _);
            _uncertain.TryRemove(id, out var _);
        }
        else
        {
            await Task.Delay(10);
        }
    }, end);

    private Task ImportAsync(Host host, CancellationToken end) => UntilKilledAsync(async () =>
    {
        var pictures = Enumerable.Range(0, 20).Select(_ => FeedbackApi.Stroke(Interlocked.Increment(ref _number))).ToArray();
        var ids = pictures.Select(FeedbackApi.IdOf).ToArray();
        Array.ForEach(ids, id => _uncertain[id] = 0);
        using var answer = await host.Client.ImportFeedbackAsync(FeedbackApi.Zip([.. pictures.Select((picture, i) => ($"1/{i}.png", picture))]));
        Assert.Equal(20, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("added").GetInt32());
        Array.ForEach(ids, id =>
        {
            _there[id] = 0;
            _uncertain.TryRemove(id, out var _);
        });
    }, end);

    private static async Task UntilKilledAsync(Func<Task> change, CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                await change();
            }
        }
        catch (HttpRequestException)
        {
            // Killed in the middle of the request.
        }
    }
}
