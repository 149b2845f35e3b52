using System.Net;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class OperationsLogFacts(Host host) : IClassFixture<Host>
{
    private const string Header = "X-Request-Id";

    [Fact]
    public async Task EveryAnswerNamesItsRequest()
    {
        foreach (var address in new[] { "/", "/health/live", "/nowhere", "/models/nobody", "/css/site.css" })
        {
            using var answer = await host.Client.GetAsync(address);
            Assert.NotEmpty(Assert.Single(answer.Headers.GetValues(Header)));
        }
    }

    [Theory]
    [InlineData("order-4711")]
    [InlineData("9f0c6a56-3b6e-4c8e-a6b2-0e9a6c3f1d2b")]
    [InlineData("Root=1-67891233-abcdef012345678912345678")]
    public async Task AClientsOwnNameForARequestIsTakenOver(string id)
    {
        Assert.Equal(id, await SendAsync(id));
        Assert.Contains(id, await host.LineAsync("GET /nowhere 404", $"[{id}]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("<script>")]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task ANameThatIsNotWellFormedIsReplaced(string id)
    {
        var own = await SendAsync(id);
        Assert.NotEqual(id, own);
        Assert.InRange(own.Length, 1, 128);
    }

    [Fact]
    public async Task ARequestThatFailsHasOneLineAndAPredictionHasNone()
    {
        using var picture = new ByteArrayContent(Picture.Bmp(40, (x, y) => x is > 18 and < 22 && y is > 5 and < 35));
        using var prediction = await host.Client.PostAsync("/predict", picture);
        Assert.Equal(HttpStatusCode.OK, prediction.StatusCode);
        using var mistake = await host.Client.PostAsync("/predict", new StringContent("no picture"));
        var id = mistake.Headers.GetValues(Header).Single();

        var line = await host.LineAsync("POST /predict", id);
        Assert.Matches($@"^\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z info  RequestLog: POST /predict 415 in [\d.]+ ms, 10 bytes: .*accepted\. \[{id}\]$", line);
        Assert.DoesNotContain("/predict 200", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAClientSendsStaysWithinItsLine()
    {
        using var answer = await host.Client.GetAsync("/nowhere%0Afatal%20forged%1B[2J");
        var line = await host.LineAsync("fatal forged");
        Assert.Contains(@"/nowhere\u000afatal forged\u001b[2J", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramsReadTheLogAsJson()
    {
        using var folder = new TemporaryFolder();
        using var other = Host.Start(folder, "--Logging:Console:FormatterName", "json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { Header, "its-own" } } };
        using var answer = await other.Client.SendAsync(request);
        var line = await other.LineAsync("/nowhere");
        foreach (var entry in other.Log.Split('\n'))
        {
            Assert.NotEmpty(JsonSerializer.Deserialize<JsonElement>(entry).GetProperty("Message").GetString()!);
        }

        var logged = JsonSerializer.Deserialize<JsonElement>(line);
        Assert.Equal(404, logged.GetProperty("State").GetProperty("Status").GetInt32());
        Assert.Contains(logged.GetProperty("Scopes").EnumerateArray(), scope => scope.TryGetProperty("RequestId", out var id) && id.GetString() == "its-own");
    }

    [Fact]
    public async Task TheStartSaysWhereItIsAndWithWhatAndTheEndThatItEnds()
    {
        using var folder = new TemporaryFolder();
        using var other = Host.Start(folder);
        var line = await other.LineAsync($"is at {other.Address.GetLeftPart(UriPartial.Authority)} ");
        Assert.Contains($"{ShippedModel.Id} answers", line, StringComparison.Ordinal);
        Assert.Contains(other.Models, line, StringComparison.Ordinal);
        Assert.Contains(other.Runs, line, StringComparison.Ordinal);
        Assert.Equal(0, other.Stop(TimeSpan.FromSeconds(10)));
        await other.LineAsync("Ending");
        await other.LineAsync("Ended after");
    }

    private async Task<string> SendAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.TryAddWithoutValidation(Header, id);
        using var answer = await host.Client.SendAsync(request);
        return answer.Headers.GetValues(Header).Single();
    }
}
