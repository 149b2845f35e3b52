using System.Net;
using System.Text.Json;

namespace DigitService.Tests;

public class HostFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task ThePageIsServedWithWhatItLinksTo()
    {
        var page = await host.Client.GetStringAsync("/");
        Assert.Contains("<title>DigitService</title>", page, StringComparison.Ordinal);
        foreach (var path in new[] { "css/site.css", "favicon.svg", "health/live" })
        {
            Assert.Contains($"\"{path}\"", page, StringComparison.Ordinal);
            using var answer = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task AnUnknownAddressIsAProblem()
    {
        using var answer = await host.Client.GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }
}
