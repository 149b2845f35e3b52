using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace DigitService.Tests;

public class SecurityLimitFacts
{
    [Theory]
    [InlineData("GET /things?{0} HTTP/1.1\r\n" + SecurityConnection.Local + "\r\n", 8_000, 200)]
    [InlineData("GET /things?{0} HTTP/1.1\r\n" + SecurityConnection.Local + "\r\n", 9_000, 414)]
    [InlineData("GET /things HTTP/1.1\r\n" + SecurityConnection.Local + "X-Long: {0}\r\n\r\n", 16_000, 200)]
    [InlineData("GET /things HTTP/1.1\r\n" + SecurityConnection.Local + "X-Long: {0}\r\n\r\n", 17_000, 431)]
    public async Task HeadersHaveALength(string request, int length, int status)
    {
        await using var app = await SecurityApp.StartAsync();
        var answer = await SecurityConnection.SendAsync(app.Address, request.Replace("{0}", new string('a', length), StringComparison.Ordinal));
        Assert.Equal(status, SecurityConnection.StatusOf(answer));
    }

    [Theory]
    [InlineData(60, 200)]
    [InlineData(70, 431)]
    public async Task ThereAreOnlySoManyHeaders(int count, int status)
    {
        await using var app = await SecurityApp.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: 1\r\n"));
        var answer = await SecurityConnection.SendAsync(app.Address, $"GET /things HTTP/1.1\r\n{SecurityConnection.Local}{headers}\r\n");
        Assert.Equal(status, SecurityConnection.StatusOf(answer));
    }

    [Fact]
    public async Task SlowClientsAreEndedAndHoldUpNobody()
    {
        await using var app = await SecurityApp.StartAsync(
            "--Security:HeadersTimeoutSeconds", "2", "--Security:BodyGraceSeconds", "2", "--Security:MinimumBodyBytesPerSecond", "1000");
        var slow = Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? DripAsync(app.Address, "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n", "x")
            : DripAsync(app.Address, "GET /things HTTP/1.1\r\nHost: localhost\r\n", "X-More: 1\r\n"));
        var ended = Task.WhenAll(slow);

        var waits = new List<TimeSpan>();
        while (!ended.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await app.SendAsync("GET", "/things");
            Assert.Equal(200, (int)answer.StatusCode);
            waits.Add(Stopwatch.GetElapsedTime(started));
            await Task.Delay(10);
        }

        Assert.All(await ended, status => Assert.Equal(408, status));
        var median = waits.Order().ElementAt(waits.Count / 2);
        Assert.True(median < TimeSpan.FromMilliseconds(500), $"A normal client waited for {median}.");
        Assert.Empty(app.Log);
    }

    [Fact]
    public async Task AbortedUploadsLeaveNothingBehind()
    {
        await using var app = await SecurityApp.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            using var connection = await SecurityConnection.OpenAsync(app.Address);
            await connection.TrySendAsync(Encoding.ASCII.GetBytes("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"));
            await connection.TrySendAsync(new byte[50_000]);
            connection.Abort();
        }));
        using var answer = await app.SendAsync("GET", "/things");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(app.Log.Length == 0, app.Log);
    }

    [Fact]
    public async Task OneConnectionTooManyIsClosedAndTheOthersGoOn()
    {
        await using var app = await SecurityApp.StartAsync("--Security:MaximumConnections", "3");
        using var first = await SecurityConnection.OpenAsync(app.Address);
        using var second = await SecurityConnection.OpenAsync(app.Address);
        using (var third = await app.SendAsync("GET", "/things"))
        {
            Assert.Equal(200, (int)third.StatusCode);
        }

        Assert.Equal("", await SecurityConnection.SendAsync(app.Address, $"GET /things HTTP/1.1\r\n{SecurityConnection.Local}\r\n"));
        using var again = await app.SendAsync("GET", "/things");
        Assert.Equal(200, (int)again.StatusCode);
    }

    [Fact]
    public async Task OneWebSocketTooManyIsAnsweredAndTheNextHasItsPlace()
    {
        await using var app = await SecurityApp.StartAsync("--Security:MaximumWebSockets", "1");
        Assert.Equal(503, await WithAnOpenSocketAsync(() => WithAnOpenSocketAsync(() => Task.FromResult(0))));

        // The one that has closed is gone a moment later.
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await WithAnOpenSocketAsync(() => Task.FromResult(0)) != 0)
        {
            await Task.Delay(50, stop.Token);
        }

        Assert.Empty(app.Log);

        async Task<int> WithAnOpenSocketAsync(Func<Task<int>> then)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            try
            {
                await socket.ConnectAsync(new Uri($"ws://{app.Address.Authority}/hubs/training"), CancellationToken.None);
            }
            catch (WebSocketException)
            {
                return (int)socket.HttpStatusCode;
            }

            return await then();
        }
    }

    // A byte now and then keeps a connection alive that has no end.
    private static async Task<int> DripAsync(Uri address, string start, string drip)
    {
        using var connection = await SecurityConnection.OpenAsync(address);
        await connection.TrySendAsync(Encoding.ASCII.GetBytes(start));
        var answer = connection.ReadToEndAsync();
        while (!answer.IsCompleted && await connection.TrySendAsync(Encoding.ASCII.GetBytes(drip)))
        {
            await Task.WhenAny(answer, Task.Delay(200));
        }

        return SecurityConnection.StatusOf(await answer);
    }
}
