using System.Net;
using DigitService.Security;
using Microsoft.AspNetCore.Http;

namespace DigitService.Tests;

public class RateLimitFacts
{
    [Fact]
    public async Task WhoAsksTooOftenIsToldTheLimitAndWhenToTryAgain()
    {
        await using var app = await SecurityApp.StartAsync("--Security:LimitLoopback", "true", "--Security:PredictionsPerSecond", "2");
        var (answered, refusal) = await AskUntilRefusedAsync(app, "/predict");
        using (refusal)
        {
            Assert.True(answered >= 4, $"{answered} were answered; twice the limit come at once.");
            Assert.Equal(
                "A client has 2 predictions a second here (Security:PredictionsPerSecond). Try again in 1 s.",
                await SecurityApp.ReadDetailAsync(refusal, 429));
            Assert.Equal(TimeSpan.FromSeconds(1), refusal.Headers.RetryAfter?.Delta);
        }

        await AllowedAgainAsync(app, "/predict");
    }

    [Fact]
    public async Task TrainingHasALimitOfItsOwn()
    {
        await using var app = await SecurityApp.StartAsync("--Security:LimitLoopback", "true", "--Security:TrainingsPerMinute", "3");
        var (answered, refusal) = await AskUntilRefusedAsync(app, "/train");
        using (refusal)
        {
            Assert.True(answered >= 3, $"{answered} were answered.");
            Assert.Contains("3 trainings a minute", await SecurityApp.ReadDetailAsync(refusal, 429), StringComparison.Ordinal);
            Assert.InRange(refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
        }

        using var answer = await app.SendAsync("POST", "/predict");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public void AProxyOnAUnixSocketIsNotThisMachine()
    {
        var context = new DefaultHttpContext();
        Assert.True(Client.IsLocal(context));
        context.Request.Headers["X-Forwarded-For"] = "203.0.113.1";
        Assert.False(Client.IsLocal(context));
    }

    [Fact]
    public async Task ConnectionsToTheHubThatAreAskedForHaveALimit()
    {
        await using var app = await SecurityApp.StartAsync("--Security:LimitLoopback", "true");
        var (answered, refusal) = await AskUntilRefusedAsync(app, "/hubs/training/negotiate");
        using (refusal)
        {
            Assert.True(answered >= 100, $"{answered} were answered.");
            Assert.Contains("20 new connections to the hub a second", await SecurityApp.ReadDetailAsync(refusal, 429), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--Security:LimitLoopback", "false")]
    [InlineData("--Security:PredictionsPerSecond", "0")]
    public async Task ThisMachineAndALimitOfZeroKnowNoEnd(string setting, string value)
    {
        string[] arguments = setting.EndsWith("Loopback", StringComparison.Ordinal) ? ["--Security:PredictionsPerSecond", "1"] : ["--Security:LimitLoopback", "true"];
        await using var app = await SecurityApp.StartAsync([setting, value, .. arguments]);
        for (var i = 0; i < 50; i++)
        {
            using var answer = await app.SendAsync("POST", "/predict");
            Assert.Equal(200, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task AProxyThatIsNotTrustedIsOneClientAndNotThisMachine()
    {
        await using var app = await SecurityApp.StartAsync("--Security:PredictionsPerSecond", "1");
        var client = 0;
        var (answered, refusal) = await AskUntilRefusedAsync(app, "/predict", () => [("X-Forwarded-For", $"203.0.113.{client++}")]);
        refusal.Dispose();
        Assert.True(answered >= 2, $"{answered} were answered.");
    }

    [Fact]
    public async Task ATrustedProxyIsBelievedAsToWhoAsks()
    {
        await using var app = await SecurityApp.StartAsync(
            "--Security:PredictionsPerSecond", "1", "--Security:TrustedProxies", "127.0.0.0/8,198.51.100.7", "--AllowedHosts", "digits.example");
        Assert.Equal("203.0.113.1", await PredictFor("203.0.113.1"));
        var (_, refusal) = await AskUntilRefusedAsync(app, "/predict", () => Forwarded("203.0.113.1"));
        refusal.Dispose();
        Assert.Equal("203.0.113.2", await PredictFor("203.0.113.2"));

        // What stands before a proxy that nobody trusts may be anybody's invention.
        Assert.Equal("203.0.113.3", await PredictFor("192.0.2.1, 203.0.113.3, 198.51.100.7"));

        async Task<string> PredictFor(string forwarded)
        {
            using var answer = await app.SendAsync("POST", "/predict", Forwarded(forwarded));
            return await answer.Content.ReadAsStringAsync();
        }

        static (string Name, string Value)[] Forwarded(string client) =>
        [
            ("X-Forwarded-For", client), ("X-Forwarded-Host", "digits.example"), ("X-Forwarded-Proto", "https"), ("Origin", "https://digits.example"),
        ];
    }

    [Fact]
    public void AHouseholdsIPv6AddressesAreOneClient()
    {
        Assert.Equal(Bucket("2001:db8:1:2::1"), Bucket("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        Assert.Equal(Bucket("203.0.113.9"), Bucket("::ffff:203.0.113.9"));

        // Two may share a bucket by chance, a hundred cannot.
        Assert.True(Enumerable.Range(0, 100).Select(i => Bucket($"2001:db8:1:{i:x}::1")).Distinct().Count() > 90);
        Assert.True(Enumerable.Range(0, 100).Select(i => Bucket($"203.0.113.{i}")).Distinct().Count() > 90);

        static int Bucket(string address) => Client.BucketOf(IPAddress.Parse(address));
    }

    [Fact]
    public void AnyNumberOfClientsHasABoundedNumberOfBuckets()
    {
        var buckets = new int[Client.Buckets];
        for (var i = 0; i < 200_000; i++)
        {
            buckets[Client.BucketOf(new IPAddress(i * 1_000L))]++;
        }

        Assert.InRange(buckets.Max(), 1, 60);
    }

    // A machine that is busy answers a few more, for time passes.
    private static async Task<(int Answered, HttpResponseMessage Refusal)> AskUntilRefusedAsync(
        SecurityApp app, string path, Func<(string Name, string Value)[]>? headers = null)
    {
        for (var answered = 0; answered < 200; answered++)
        {
            var answer = await app.SendAsync("POST", path, headers?.Invoke() ?? []);
            if ((int)answer.StatusCode == 429)
            {
                return (answered, answer);
            }

            Assert.Equal(200, (int)answer.StatusCode);
            answer.Dispose();
        }

        throw new InvalidOperationException("Nobody is refused.");
    }

    private static async Task AllowedAgainAsync(SecurityApp app, string path)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var answer = await app.SendAsync("POST", path);
            if ((int)answer.StatusCode == 200)
            {
                return;
            }

            await Task.Delay(50, stop.Token);
        }
    }
}
