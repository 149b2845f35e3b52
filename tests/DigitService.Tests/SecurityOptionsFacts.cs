using DigitService.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace DigitService.Tests;

public class SecurityOptionsFacts
{
    [Theory]
    [InlineData("ApiKey", "secret", "Security:ApiKey has 6 characters; accepted: 16 to 256 visible ASCII characters")]
    [InlineData("ApiKey", "", "Security:ApiKey has 0 characters; accepted: 16 to 256")]
    [InlineData("ApiKey", "my secret and long key", "has a space, or a character that is not ASCII")]
    [InlineData("Apikeys", "0123456789abcdef", "Security:Apikeys is no setting; there are: ApiKey, ")]
    [InlineData("PredictionsPerSecond", "-1", "Security:PredictionsPerSecond is -1; accepted: 0 to 1,000,000.")]
    [InlineData("TrainingsPerMinute", "1000001", "Security:TrainingsPerMinute is 1000001; accepted: 0 to 1,000,000.")]
    [InlineData("MaximumConnections", "0", "Security:MaximumConnections is 0; accepted: 1 to 1,000,000.")]
    [InlineData("BodyGraceSeconds", "1", "Security:BodyGraceSeconds is 1; accepted: 2 to 3,600.")]
    [InlineData("TrustedProxies", "10.0.0.1,proxy", "Security:TrustedProxies has 'proxy'; accepted: addresses such as")]
    [InlineData("TrustedProxies:0", "10.0.0.1/33", "Security:TrustedProxies has '10.0.0.1/33'; accepted: ")]
    [InlineData("CorsOrigins", "*", "Security:CorsOrigins has '*'; accepted: origins as browsers write them")]
    [InlineData("CorsOrigins", "https://example.org/", "Security:CorsOrigins has 'https://example.org/'; accepted: ")]
    [InlineData("CorsOrigins", "https://a.example;ftp://b.example", "Security:CorsOrigins has 'ftp://b.example'; accepted: ")]
    public async Task WhatCannotBeIsSaidAtStart(string setting, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => SecurityApp.StartAsync($"--Security:{setting}", value));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        if (setting.StartsWith("ApiKey", StringComparison.Ordinal) && value.Length > 0)
        {
            Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AllMistakesAreSaidAtOnce()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => SecurityApp.StartAsync("--Security:ApiKey", "short", "--Security:KeepAliveSeconds", "0"));
        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task ItIsTheStartThatFailsWhereThereIsSomebodyToTellOfIt()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Security:ApiKey", "short"]);
        builder.AddSecurity();
        await using var app = builder.Build();
        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());
    }

    [Fact]
    public async Task AListIsOneTextOrOneSettingForEachItem()
    {
        await using var app = await SecurityApp.StartAsync(
            "--Security:TrustedProxies:0", "10.0.0.0/8", "--Security:TrustedProxies:1", "fd00::2",
            "--Security:CorsOrigins", "https://a.example, https://b.example");
        using var answer = await app.SendAsync("GET", "/things", ("Origin", "https://b.example"));
        Assert.Equal(["https://b.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://[::]:0", true)]
    [InlineData("http://localhost:5000", false)]
    [InlineData("http://127.0.0.2:8080", false)]
    [InlineData("http://[::1]:8080", false)]
    [InlineData("http://192.168.1.7:8080", true)]
    [InlineData("http://+:8080", true)]
    [InlineData("http://unix:/tmp/digits.sock", false)]
    public void WhatOtherMachinesReachIsKnown(string address, bool expected) =>
        Assert.Equal(expected, PublicWithoutKey.IsPublic(address));

    [Fact]
    public async Task ListeningPubliclyWithoutAKeyIsWarnedOf()
    {
        await using var open = await SecurityApp.StartAsync("--urls", "http://0.0.0.0:0");
        Assert.Matches("Warning: Other machines reach http://0.0.0.0:[1-9].*Set Security:ApiKey", open.Log);
        await using var closed = await SecurityApp.StartAsync("--urls", "http://0.0.0.0:0", "--Security:ApiKey", SecurityApp.Key);
        await using var local = await SecurityApp.StartAsync();
        Assert.Empty(closed.Log + local.Log);
    }
}
