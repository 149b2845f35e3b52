using System.Net;
using System.Text;

namespace DigitService.Tests;

public sealed class ProblemFacts : IAsyncLifetime
{
    private SecurityApp _app = null!;

    public async Task InitializeAsync() => _app = await SecurityApp.StartAsync("--Security:MaximumBodyBytes", "100000");

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("//things")]
    [InlineData("/things//")]
    [InlineData("/things/..;/things")]
    [InlineData("/thing%73/%2e%2e%2f")]
    [InlineData("/%2fthings")]
    [InlineData("/things%00")]
    [InlineData("/th%ffings")]
    public async Task AnUnknownAddressIsNotFound(string path)
    {
        var answer = await SecurityConnection.SendAsync(_app.Address, $"GET {path} HTTP/1.1\r\n{SecurityConnection.Local}\r\n");
        Assert.Matches(path.Contains("%00", StringComparison.Ordinal) ? "^HTTP/1.1 400 " : "^HTTP/1.1 404 [^{]*application/problem\\+json[^{]*{.*There is nothing at /", answer);
    }

    [Theory]
    [InlineData("/things/")]
    [InlineData("/THINGS")]
    [InlineData("/%74hings")]
    [InlineData("/other/../things")]
    [InlineData("/things?")]
    public async Task WhatMeansTheSameIsFound(string path)
    {
        var answer = await SecurityConnection.SendAsync(_app.Address, $"GET {path} HTTP/1.1\r\n{SecurityConnection.Local}\r\n");
        Assert.Equal(200, SecurityConnection.StatusOf(answer));
    }

    [Fact]
    public async Task AWrongMethodIsToldWhichThereAre()
    {
        using var answer = await _app.SendAsync("DELETE", "/things");
        Assert.Equal("/things does not answer DELETE; accepted: GET, POST, HEAD, OPTIONS.", await SecurityApp.ReadDetailAsync(answer, 405));
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task HeadIsGetWithoutItsBody()
    {
        using var head = await _app.SendAsync("HEAD", "/things");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("application/json", head.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var nowhere = await _app.SendAsync("HEAD", "/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        using var page = await _app.SendAsync("HEAD", "/css/site.css");
        Assert.Equal("text/css", page.Content.Headers.ContentType?.MediaType);
        Assert.True(page.Content.Headers.ContentLength > 0);
        using var post = await _app.SendAsync("HEAD", "/change");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Theory]
    [InlineData("/change", "OPTIONS, POST")]
    [InlineData("/things", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/", "GET, HEAD, OPTIONS")]
    [InlineData("/css/site.css", "GET, HEAD, OPTIONS")]
    public async Task OptionsSaysWhichMethodsThereAre(string path, string methods)
    {
        using var answer = await _app.SendAsync("OPTIONS", path);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(methods.Split(", "), answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("/", 405)]
    [InlineData("/css/site.css", 405)]
    [InlineData("/css", 404)]
    [InlineData("/css/../../appsettings.json", 404)]
    public async Task ThePagesFilesAreThereToBeReadOnly(string path, int status)
    {
        using var answer = await _app.SendAsync("POST", path);
        await SecurityApp.ReadProblemAsync(answer, status);
    }

    [Theory]
    [InlineData("count=many", "count is 'many'; accepted: a whole number.")]
    [InlineData("count=99999999999", "count is '99999999999'; accepted: a whole number.")]
    [InlineData("count=", "count is ''; accepted: a whole number.")]
    public async Task AQueryOfAnotherTypeSaysWhatIsAccepted(string query, string detail)
    {
        using var answer = await _app.SendAsync("GET", $"/things?{query}");
        Assert.Equal(detail, await SecurityApp.ReadDetailAsync(answer, 400));
    }

    [Theory]
    [InlineData("{\"count\": \"many\"}", "$.count in the JSON is not accepted; accepted: a whole number.")]
    [InlineData("{\"count\": 1e99}", "$.count in the JSON is not accepted; accepted: a whole number.")]
    [InlineData("{\"isThere\": 1}", "$.isThere in the JSON is not accepted; accepted: true or false.")]
    [InlineData("[]", "$ in the JSON is not accepted; accepted: what /swagger says.")]
    [InlineData("{\"count\":\n  1,,", "The body is not the JSON that is accepted: it cannot be read on from line 2, byte 4.")]
    [InlineData("{", "The body is not the JSON that is accepted: it cannot be read on from line 1, byte 1.")]
    [InlineData("", "The request has no body; /swagger says what it has to be.")]
    public async Task JsonThatIsNotAcceptedSaysWhere(string body, string detail)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _app.Client.PostAsync("/things", content);
        Assert.Equal(detail, await SecurityApp.ReadDetailAsync(answer, 400));
    }

    [Fact]
    public async Task JsonThatIsTooDeepIsRefused()
    {
        using var content = new StringContent(new string('[', 50_000), Encoding.UTF8, "application/json");
        using var answer = await _app.Client.PostAsync("/things", content);
        await SecurityApp.ReadProblemAsync(answer, 400);
    }

    [Fact]
    public async Task AnotherContentTypeIsNamed()
    {
        using var content = new StringContent("count: 1", Encoding.UTF8, "text/yaml");
        using var answer = await _app.Client.PostAsync("/things", content);
        Assert.Equal(
            "/things does not read text/yaml; charset=utf-8; /swagger says what it reads.", await SecurityApp.ReadDetailAsync(answer, 415));
        using var untyped = new ByteArrayContent("{}"u8.ToArray());
        using var unread = await _app.Client.PostAsync("/things", untyped);
        Assert.Equal("The body is of the type ''; accepted: application/json.", await SecurityApp.ReadDetailAsync(unread, 415));
    }

    [Fact]
    public async Task ABodyThatIsTooLargeIsToldTheLimit()
    {
        using var content = new ByteArrayContent(new byte[100_001]);
        using var answer = await _app.Client.PostAsync("/length", content);
        Assert.Equal("The body of the request is too large; accepted: 100000 bytes.", await SecurityApp.ReadDetailAsync(answer, 413));
    }

    [Fact]
    public async Task TheMistakeOfACallerIsSaidAndThatOfTheProgramIsLogged()
    {
        using (var input = await _app.SendAsync("GET", "/fail?with=input"))
        {
            Assert.Equal("Epochs is 0; accepted: 1 to 1,000.", await SecurityApp.ReadDetailAsync(input, 400));
        }

        Assert.Empty(_app.Log);
        foreach (var bug in new[] { "argument", "anything" })
        {
            using var answer = await _app.SendAsync("GET", $"/fail?with={bug}");
            Assert.Contains("its log has the reason", await SecurityApp.ReadDetailAsync(answer, 500), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains($"System.ArgumentException: {SecurityApp.Secret}", _app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatARouteSaysIsPassedOnWithWhenToTryAgain()
    {
        using var answer = await _app.SendAsync("GET", "/fail?with=request");
        Assert.Equal("The queue is full.", await SecurityApp.ReadDetailAsync(answer, 503));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task AClientThatIsGoneIsNobodysFault()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => _app.SendAsync("GET", "/fail?with=reset"));
        Assert.Empty(_app.Log);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png;q=1, */*;q=0")]
    public async Task WhoeverAsksForAnotherFormOfAnswerIsToldToo(string accepted)
    {
        foreach (var (path, status) in new[] { ("/nowhere", 404), ("/fail", 500), ("/fail?with=input", 400) })
        {
            using var answer = await _app.SendAsync("GET", path, ("Accept", accepted));
            await SecurityApp.ReadProblemAsync(answer, status);
        }
    }
}
