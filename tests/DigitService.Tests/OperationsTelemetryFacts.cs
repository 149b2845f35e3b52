using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DigitService.Recognition.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DigitService.Tests;

public class OperationsTelemetryFacts
{
    [Fact]
    public async Task ACollectorGetsWhatIsMeasuredBeforeTheServiceEnds()
    {
        var (bodies, types) = (new ConcurrentQueue<byte[]>(), new ConcurrentQueue<string?>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/metrics", async request =>
        {
            using var body = new MemoryStream();
            await request.Request.Body.CopyToAsync(body);
            bodies.Enqueue(body.ToArray());
            types.Enqueue(request.Request.ContentType);
        });
        await collector.StartAsync();

        using var folder = new TemporaryFolder();
        using (var host = Host.Start(folder, "--Telemetry:OtlpEndpoint", collector.Urls.Single(), "--Telemetry:IntervalSeconds", "3600"))
        {
            using var answer = await host.Client.GetAsync("/networks");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(bodies);
            Assert.Equal(0, host.Stop(TimeSpan.FromSeconds(10)));
        }

        Assert.Equal("application/x-protobuf", Assert.Single(types));
        var sent = Encoding.Latin1.GetString(Assert.Single(bodies));
        string[] names =
        [
            "service.name", "DigitService", "service.version", "service.instance.id", "http.server.request.duration",
            "/networks", "kestrel.active_connections", "dotnet.gc.collections",
        ];
        Assert.All(names, name => Assert.Contains(name, sent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACollectorThatDoesNotAnswerIsNoHarm()
    {
        using var folder = new TemporaryFolder();
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var host = Host.Start(folder, "--Telemetry:OtlpEndpoint", $"http://{silent.LocalEndpoint}", "--Telemetry:IntervalSeconds", "1");
        using var caller = await silent.AcceptTcpClientAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        using var answer = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, host.Stop(TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("   at ", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutACollectorNothingOfItIsLoaded()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        var loaded = await File.ReadAllTextAsync($"/proc/{host.Process.Id}/maps");
        Assert.Contains("DigitService.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", loaded, StringComparison.Ordinal);
    }
}
