using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed partial class FuzzFacts : IDisposable
{
    private const int Workers = 32;
    private const int WarmUp = 2_000;
    private const int Requests = 10_000;

    // What is busy says 503; of the rest, only that a request's version of HTTP is none is the server's to say, and true.
    private static readonly int[] _expected = [503, 505];

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentQueue<string> _faults = new();

    [Fact]
    public async Task MalformedRequestsAreAnsweredAndLeaveNothingBehind()
    {
        using var host = Host.Start(
            _folder, "--Security:ApiKey", SecurityApp.Key, "--Security:HeadersTimeoutSeconds", "2", "--Security:BodyGraceSeconds", "2");
        var routes = await FuzzRoutes.FindAsync(host.Client);
        Assert.True(routes.Length >= 29, "There are routes to ask.");

        await SendAsync(host, routes, WarmUp, firstSeed: 1);
        var before = MemoryOf(host);
        await SendAsync(host, routes, Requests - WarmUp, firstSeed: 1 + Workers);
        Assert.True(_faults.IsEmpty, string.Join("\n\n", _faults.Take(5)));
        Assert.DoesNotMatch(Unhandled(), host.Log);
        Assert.InRange(MemoryOf(host) - before, long.MinValue, 64 << 20);

        // They reached the routes, and what stands before them, and did not all fail alike.
        Assert.Superset(new HashSet<int> { 200, 400, 403, 404, 405, 413, 414, 415, 421 }, _statuses.Keys.ToHashSet());
        Assert.InRange(_statuses.Where(status => status.Key > 0).Sum(status => status.Value), Requests * 0.9, Requests);
        using var picture = new ByteArrayContent(Picture.Bmp(60, (x, y) => x is > 26 and < 33 && y is > 8 and < 52));
        using var answer = await host.Client.PostAsync("/predict", picture);
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("digit").GetInt32());
    }

    public void Dispose() => _folder.Dispose();

    private async Task SendAsync(Host host, string[] routes, int count, long firstSeed) =>
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var requests = new FuzzRequests(routes, SecurityApp.Key, firstSeed + worker);
            for (var i = 0; i < count / Workers; i++)
            {
                await AskAsync(host, requests.Next());
            }
        })));

    private async Task AskAsync(Host host, byte[] request)
    {
        using var connection = await SecurityConnection.OpenAsync(host.Address);
        await connection.TrySendAsync(request);
        var reading = connection.ReadToEndAsync();
        if (await Task.WhenAny(reading, Task.Delay(100)) != reading)
        {
            // It waits for what the request promises, or keeps the connection for another one.
            connection.EndSending();
        }

        var answer = await reading;
        var status = SecurityConnection.StatusOf(answer);
        _statuses.AddOrUpdate(status, 1, (_, before) => before + 1);
        if ((status >= 500 && !_expected.Contains(status)) || !IsComplete(answer, status))
        {
            _faults.Enqueue($"{Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 600))}\n=> {answer}");
        }
    }

    // What the server refuses before there is a request has no body, and of connections that have ended SignalR tells
    // its own client in its own way; every other error is a problem.
    private static bool IsComplete(string answer, int status) =>
        status < 400
        || answer.Contains("No Connection with that ID", StringComparison.Ordinal)
        || !answer.Contains("Content-Security-Policy: ", StringComparison.Ordinal)
        || answer.Contains("Content-Type: application/problem+json", StringComparison.Ordinal);

    private static long MemoryOf(Host host)
    {
        host.Process.Refresh();
        return host.Process.WorkingSet64;
    }

    // Of every form that the log has: errors and worse, and the trace of any exception.
    [GeneratedRegex(@"unhandled exception|^(fail|crit): |Z (error|fatal) |""LogLevel"":\s*""(Error|Critical)""|^\s+at \w+\.", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Unhandled();
}
