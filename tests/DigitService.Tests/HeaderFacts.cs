namespace DigitService.Tests;

public sealed class HeaderFacts : IAsyncLifetime
{
    private SecurityApp _app = null!;

    public async Task InitializeAsync() => _app = await SecurityApp.StartAsync("--Security:ApiKey", SecurityApp.Key);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("GET", "/things", 200)]
    [InlineData("HEAD", "/things", 200)]
    [InlineData("OPTIONS", "/things", 204)]
    [InlineData("GET", "/things?count=x", 400)]
    [InlineData("POST", "/change", 401)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/things", 405)]
    [InlineData("GET", "/fail", 500)]
    [InlineData("GET", "/fail?with=request", 503)]
    public async Task EveryAnswerTellsBrowsersWhatThePageMayDo(string method, string path, int status)
    {
        using var answer = await _app.SendAsync(method, path);
        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("img-src 'self' data: blob:", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    [Theory]
    [InlineData("/swagger/index.html", true)]
    [InlineData("/swagger", true)]
    [InlineData("/swaggers", false)]
    [InlineData("/things/swagger", false)]
    public async Task OnlySwaggersPageMayStyleItsMarkup(string path, bool expected)
    {
        using var answer = await _app.SendAsync("GET", path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(expected, policy.Contains("style-src 'self' 'unsafe-inline'", StringComparison.Ordinal));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
    }
}
