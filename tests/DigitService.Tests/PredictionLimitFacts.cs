using System.Net;
using System.Net.Http.Headers;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed class PredictionLimitFacts(PredictionLimitFacts.LimitedHost limited) : IClassFixture<PredictionLimitFacts.LimitedHost>
{
    private const string Post = "POST /predict HTTP/1.1\nContent-Type: application/octet-stream";

    private const string PostForm = "POST /predict/batch HTTP/1.1\nContent-Type: multipart/form-data; boundary=x";

    private readonly Host _host = limited.Host;

    [Fact]
    public async Task APictureThatIsTooLargeIsRefusedInEveryForm()
    {
        var large = new byte[(10 << 20) + 1];
        using var json = new StringContent($"{{\"image\":\"{new string('A', 15 << 20)}\"}}", new MediaTypeHeaderValue("application/json"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(large), "file", "large.png" } };
        using var bytes = new ByteArrayContent(large);
        foreach (var content in new HttpContent[] { json, form, bytes })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = content };
            request.Headers.ExpectContinue = true;
            using var answer = await _host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task ABatchThatIsTooLargeIsRefused()
    {
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < 3; i++)
        {
            form.Add(new ByteArrayContent(new byte[400_000]), "file", "large.png");
        }

        using var answer = await _host.Client.PostAsync("/predict/batch", form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task ABodyThatDoesNotComeIsGivenUpAndKeepsNobodyWaiting()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder, "--Predictions:BodySeconds", "2", "--Predictions:ConcurrentRequests", "1");
        using var slow = new RawRequest(host);
        await slow.SendHeadAsync($"{Post}\nContent-Length: 100000");
        await slow.SendAsync([1]);
        using var slowForm = new RawRequest(host);
        await slowForm.SendHeadAsync($"{PostForm}\nContent-Length: 100000");
        await slowForm.SendAsync(PredictionBodyFacts.Part("x", "name=\"file\"; filename=\"a\"", null, Picture.SevenPng));

        // Only one request may be under way, and none of these is.
        var idle = Enumerable.Range(0, 100).Select(_ => new RawRequest(host)).ToArray();
        foreach (var request in idle)
        {
            await request.SendHeadAsync($"{Post}\nContent-Length: 100");
            await request.SendAsync([1]);
        }

        await AssertAnswersAsync(host);
        foreach (var answer in new[] { await slow.ReadAnswerAsync(), await slowForm.ReadAnswerAsync() })
        {
            Assert.True(answer.Status == 408, answer.Body);
            Assert.Contains("longer than 2 seconds", answer.Body, StringComparison.Ordinal);
        }

        Array.ForEach(idle, request => request.Dispose());
    }

    [Fact]
    public async Task WhatDoesNotFitIntoTheMemoryForBodiesIsRefusedAndGivesItsPartBack()
    {
        var uploads = Enumerable.Range(0, 4).Select(_ => new RawRequest(_host)).ToArray();
        var sending = uploads.Select(async upload =>
        {
            await upload.SendHeadAsync($"{Post}\nContent-Length: {10 << 20}");
            await upload.SendAsync(new byte[9 << 20]);
            return await upload.ReadAnswerAsync();
        });
        var answer = await await Task.WhenAny(sending);
        Assert.Equal(503, answer.Status);
        Assert.Contains("Retry-After: 1", answer.Head, StringComparison.Ordinal);
        await AssertAnswersAsync(_host);
        Array.ForEach(uploads, upload => upload.Abort());
    }

    [Fact]
    public async Task LargePicturesStandInAShortLineAndSmallOnesDoNot()
    {
        var large = Picture.LargeSeven();
        var asking = Enumerable.Range(0, 40).Select(_ => _host.Client.PostAsync("/predict", new ByteArrayContent(large))).ToArray();
        var small = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.Client.PostAsync("/predict", new ByteArrayContent(Picture.SevenPng))));
        Assert.All(small, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        var answers = await Task.WhenAll(asking);
        var refused = Array.FindAll(answers, answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.InRange(refused.Length, 1, 31);
        foreach (var answer in refused)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("large pictures", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TooManyBatchesAreRefusedBeforeTheyAreReceived()
    {
        byte[] form = [.. PredictionBodyFacts.Part("x", "name=\"file\"; filename=\"a\"", null, Picture.SevenPng), .. "--x--\r\n"u8];
        var head = $"{PostForm}\nContent-Length: {form.Length}";
        using var first = new RawRequest(_host);
        await first.SendHeadAsync($"{head}\nExpect: 100-continue");
        await first.WaitForContinueAsync();

        var second = await RawRequest.SendAsync(_host, head, form);
        Assert.Equal(503, second.Status);
        Assert.Contains("Retry-After: 1", second.Head, StringComparison.Ordinal);
        await first.SendAsync(form);
        Assert.Equal(200, (await first.ReadAnswerAsync()).Status);
    }

    [Fact]
    public void AValueOutOfItsRangeIsSaidAtTheStart()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidOperationException>(() => Host.Start(folder, "--Predictions:BatchFiles", "0", "--Predictions:BodySeconds", "9999"));
        Assert.Contains("Predictions:BatchFiles is 0; accepted: 1 to 10,000.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Predictions:BodySeconds is 9,999; accepted: 1 to 3,600.", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertAnswersAsync(Host host)
    {
        using var answer = await host.Client.PostAsync("/predict", new ByteArrayContent(Picture.SevenPng));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A service of which little can be had.</summary>
    public sealed class LimitedHost : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public LimitedHost() => Host = Host.Start(
            _folder,
            "--Predictions:ConcurrentRequests", "64", "--Predictions:LargePictures", "1", "--Predictions:BodyMegabytes", "32",
            "--Predictions:ConcurrentBatches", "1", "--Predictions:BatchMegabytes", "1");

        public Host Host { get; }

        public void Dispose()
        {
            Host.Dispose();
            _folder.Dispose();
        }
    }
}
