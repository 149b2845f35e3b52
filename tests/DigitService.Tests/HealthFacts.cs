using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class HealthFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task TheServiceSaysThatItLives()
    {
        using var answer = await host.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("live", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task TheServiceIsReadyWithTheModelThatShips()
    {
        using var answer = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var ready = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal(ShippedModel.Id, ready.GetProperty("model").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", ready.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task TheHeadAloneIsAnsweredToo(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task WhereTheEnvironmentNamesAProxyTheFirstDigitsAreReadNevertheless()
    {
        using var folder = new TemporaryFolder();
        using var proxied = Host.StartWith(folder, ("HTTP_PROXY", "http://127.0.0.1:1"), ("http_proxy", "http://127.0.0.1:1"));
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = proxied.Address };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await direct.GetAsync("/health/ready", patience.Token)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.DoesNotContain("No digit could be read at the start", proxied.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAModelTheServiceLivesAndSaysWhatItNeedsToBeReady()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("models"));
        using var empty = Host.Start(folder);
        using var live = await empty.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        using var ready = await empty.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("application/problem+json", ready.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(ready.Headers.RetryAfter);
        Assert.True(ready.Headers.CacheControl?.NoStore);
        var problem = await ready.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("POST /train", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    // What is compiled and loaded at the first prediction is there then: a time would depend on who else is at work here.
    // The log's own line of a request may come after its answer, and so after the start.
    [Fact]
    public void TheFirstDigitsAreReadBeforeTheServiceIsReady()
    {
        using var folder = new TemporaryFolder();
        using var warm = Host.Start(folder, "--Logging:LogLevel:DigitService", "Debug");
        var lines = warm.Log.Split('\n');
        var read = Array.FindIndex(lines, line => line.Contains("4 digits were read at the start", StringComparison.Ordinal));
        var ready = Array.FindIndex(lines, line => line.Contains("is at http://", StringComparison.Ordinal));
        Assert.InRange(read, 0, ready);
    }
}
