using System.Net.WebSockets;

namespace DigitService.Tests;

public sealed class SecurityOriginFacts : IAsyncLifetime
{
    private SecurityApp _app = null!;

    public async Task InitializeAsync() => _app = await SecurityApp.StartAsync("--Security:CorsOrigins", "https://friend.example");

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public static TheoryData<string?, string?, bool> Pages => new()
    {
        // Origin, Sec-Fetch-Site, and whether it is let in. OWN stands for the service's own origin.
        { null, null, true },
        { "OWN", null, true },
        { "OWN", "same-origin", true },
        { null, "same-origin", true },
        { null, "none", true },
        { "https://friend.example", null, true },
        { "https://friend.example", "cross-site", true },
        { "https://evil.example", null, false },
        { "https://evil.example", "cross-site", false },
        { "http://localhost:1", null, false },
        { "http://localhost:1", "same-site", false },
        { "null", null, false },
        { "null", "cross-site", false },
        { null, "cross-site", false },
        { "OWN", "cross-site", false },
        { "https://friend.example.evil.example", null, false },
        { "https://evil.example/?OWN", null, false },
        { "not an origin", null, false },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task APageOfAnotherOriginCannotPostHere(string? origin, string? site, bool isLetIn)
    {
        using var post = await _app.SendAsync("POST", "/change", Headers(origin, site));
        if (isLetIn)
        {
            Assert.Equal("changed", await post.Content.ReadAsStringAsync());
        }
        else
        {
            Assert.Contains("Security:CorsOrigins", await SecurityApp.ReadDetailAsync(post, 403), StringComparison.Ordinal);
        }

        // What it reads, the browser keeps from it: that is what CORS is for.
        using var get = await _app.SendAsync("GET", "/things", Headers(origin, site));
        Assert.Equal(200, (int)get.StatusCode);
        Assert.Equal(origin == "https://friend.example", get.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task NorCanItOpenAWebSocket(string? origin, string? site, bool isLetIn)
    {
        using var socket = new ClientWebSocket();
        foreach (var (name, value) in Headers(origin, site))
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        socket.Options.CollectHttpResponseDetails = true;
        var address = new Uri($"ws://{_app.Address.Authority}/hubs/training");
        if (isLetIn)
        {
            await socket.ConnectAsync(address, invoker, CancellationToken.None);
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, invoker, CancellationToken.None));
            Assert.Equal(403, (int)socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task AnAllowedOriginsPageIsToldThatItMay()
    {
        using var preflight = await _app.SendAsync(
            "OPTIONS", "/change", ("Origin", "https://friend.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-api-key"));
        Assert.Equal(204, (int)preflight.StatusCode);
        Assert.Equal(["https://friend.example"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["x-api-key"], preflight.Headers.GetValues("Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task AnyOtherIsToldNothing()
    {
        await using var closed = await SecurityApp.StartAsync();
        foreach (var app in new[] { _app, closed })
        {
            using var preflight = await app.SendAsync("OPTIONS", "/change", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
            Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control-Allow", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("localhost:8080", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example:8080", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    public async Task OverLoopbackOnlyTheNamesOfThisMachineAreAnswered(string host, int status) =>
        Assert.Equal(status, await StatusForAsync(_app, host));

    [Theory]
    [InlineData("digits.example", 200)]
    [InlineData("a.example.net:8080", 200)]
    [InlineData("example.net", 421)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost", 421)]
    public async Task AllowedHostsNamesThoseThatThereAre(string host, int status)
    {
        await using var app = await SecurityApp.StartAsync("--AllowedHosts", "digits.example;*.example.net");
        Assert.Equal(status, await StatusForAsync(app, host));
    }

    [Fact]
    public async Task AllowedHostsMayBeAny()
    {
        await using var app = await SecurityApp.StartAsync("--AllowedHosts", "*");
        Assert.Equal(200, await StatusForAsync(app, "whatever.example"));
    }

    [Fact]
    public async Task WhoIsRefusedByNameIsToldWhatToSet()
    {
        using var answer = await _app.SendAsync("GET", "/things", ("Host", "evil.example"));
        Assert.Contains("AllowedHosts", await SecurityApp.ReadDetailAsync(answer, 421), StringComparison.Ordinal);
    }

    private static async Task<int> StatusForAsync(SecurityApp app, string host) => SecurityConnection.StatusOf(
        await SecurityConnection.SendAsync(app.Address, $"GET /things HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

    private (string Name, string Value)[] Headers(string? origin, string? site) =>
    [
        .. new[] { ("Origin", origin?.Replace("OWN", $"http://{_app.Address.Authority}", StringComparison.Ordinal)), ("Sec-Fetch-Site", site) }
            .Where(header => header.Item2 is not null)
            .Select(header => (header.Item1, header.Item2!)),
    ];
}
