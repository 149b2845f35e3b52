using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace DigitService.Tests;

public class OverloadFacts(Host host) : IClassFixture<Host>
{
    private const int Connections = 1_000;
    private const int MostMegabytes = 800;

    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(6);
    private static readonly byte[] _one = Picture.Bmp(280, (x, y) => x is >= 130 and < 150 && y is >= 50 and < 240);

    [Fact]
    public async Task AThousandConnectionsAtOnceAreAnsweredOrToldToComeAgainAndLeaveNothingBehind()
    {
        await PostAsync();
        var (statuses, largest) = await LoadAsync();
        Assert.All(statuses.Keys, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{status}"));
        Assert.True(statuses[HttpStatusCode.OK] > Connections, $"Only {statuses[HttpStatusCode.OK]} were answered.");
        Assert.True(largest < MostMegabytes, $"{largest} MB");

        // A second later everything is as it was.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var times = new List<double>();
        for (var i = 0; i < 51; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, await PostAsync());
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Assert.True(times.Order().ElementAt(25) < 50, $"{times.Order().ElementAt(25)} ms");
        Assert.DoesNotContain("nhandled", host.Log, StringComparison.Ordinal);
    }

    private async Task<(ConcurrentDictionary<HttpStatusCode, int> Statuses, long LargestMegabytes)> LoadAsync()
    {
        using var end = new CancellationTokenSource(_duration);
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var largest = 0L;
        var asking = Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var status = await PostAsync();
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status != HttpStatusCode.OK)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200));
                }
            }
        })).ToArray();
        while (!end.IsCancellationRequested)
        {
            host.Process.Refresh();
            largest = Math.Max(largest, host.Process.WorkingSet64 >> 20);
            await Task.Delay(100);
        }

        await Task.WhenAll(asking);
        return (statuses, largest);
    }

    private async Task<HttpStatusCode> PostAsync()
    {
        using var body = new ByteArrayContent(_one) { Headers = { ContentType = new MediaTypeHeaderValue("image/bmp") } };
        using var answer = await host.Client.PostAsync("/predict", body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK || answer.Headers.RetryAfter is not null, $"{answer.StatusCode}");
        return answer.StatusCode;
    }
}
