using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DigitService.Tests;

public sealed class FeedbackFacts : IClassFixture<Host>, IAsyncLifetime
{
    private readonly HttpClient _client;
    private readonly Host _host;

    public FeedbackFacts(Host host)
    {
        _host = host;
        _client = host.Client;
    }

    public async Task InitializeAsync() => (await _client.DeleteAsync("/feedback")).EnsureSuccessStatusCode();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ACorrectedPictureIsKeptWithWhatWasAnsweredAndGivenBackAsItWas()
    {
        using var answer = await _client.PostFeedbackAsync(Picture.SevenPng, "label=9&source=drawn");
        var sample = await answer.ReadAsync(HttpStatusCode.Created);
        var id = FeedbackApi.IdOf(Picture.SevenPng);
        Assert.Equal($"/feedback/{id}", answer.Headers.Location!.ToString());
        Assert.Equal((id, 9, "drawn", "image/png", true), (
            sample.GetProperty("id").GetString(), sample.GetProperty("label").GetInt32(), sample.GetProperty("source").GetString(),
            sample.GetProperty("mediaType").GetString(), sample.GetProperty("isWrong").GetBoolean()));
        var predicted = sample.GetProperty("predicted");
        Assert.Equal((7, ModelApi.Shipped), (predicted.GetProperty("digit").GetInt32(), predicted.GetProperty("model").GetString()));
        Assert.InRange(predicted.GetProperty("confidence").GetDouble(), 0.5, 1);

        using var image = await _client.GetAsync($"/feedback/{id}/image");
        Assert.Equal(("image/png", "no-store"), (image.Content.Headers.ContentType?.MediaType, image.Headers.CacheControl?.ToString()));
        Assert.Equal(Picture.SevenPng, await image.Content.ReadAsByteArrayAsync());

        var input = Convert.ToBase64String(await _client.GetByteArrayAsync($"/feedback/{id}/input"));
        var one = await _client.GetFromJsonAsync<JsonElement>($"/feedback/{id}");
        Assert.Equal($"data:image/png;base64,{input}", one.GetProperty("input").GetString());
        using var content = new ByteArrayContent(Picture.SevenPng);
        using var prediction = await _client.PostAsync("/predict?input=true", content);
        Assert.Equal(one.GetProperty("input").GetString(), (await prediction.ReadAsync(HttpStatusCode.OK)).GetProperty("input").GetString());
    }

    [Fact]
    public async Task EveryFormThatPredictionsTakeIsTakenWithItsLabel()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("drawn"), "source" },
            { new ByteArrayContent(Picture.Seven), "file", "seven.bmp" },
            { new StringContent("7"), "label" },
        };
        using (var answer = await _client.PostAsync("/feedback", form))
        {
            var sample = await answer.ReadAsync(HttpStatusCode.Created);
            Assert.Equal(("image/bmp", "drawn", false), (
                sample.GetProperty("mediaType").GetString(), sample.GetProperty("source").GetString(), sample.GetProperty("isWrong").GetBoolean()));
        }

        var image = Convert.ToBase64String(Picture.SevenPng);
        using (var answer = await _client.PostAsJsonAsync("/feedback", new { image, label = "none" }))
        {
            var sample = await answer.ReadAsync(HttpStatusCode.Created);
            Assert.Equal((FeedbackApi.IdOf(Picture.SevenPng), JsonValueKind.Null), (sample.GetProperty("id").GetString(), sample.GetProperty("label").ValueKind));
        }

        var pixels = Enumerable.Range(0, 784).Select(i => i % 28 is 13 or 14 && i / 28 is > 4 and < 24 ? 255 : 0);
        using (var answer = await _client.PostAsJsonAsync("/feedback", new { label = 1, pixels, source = "drawn" }))
        {
            var sample = await answer.ReadAsync(HttpStatusCode.Created);
            Assert.Equal((1, "image/png"), (sample.GetProperty("label").GetInt32(), sample.GetProperty("mediaType").GetString()));
        }

        Assert.Equal(3, (await _client.ListFeedbackAsync()).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("label=10", 400, "The label is '10'; accepted: 0 to 9, or none")]
    [InlineData("label=seven", 400, "The label is 'seven'")]
    [InlineData("", 400, "The label is missing")]
    [InlineData("label=7&source=stolen", 400, "source is 'stolen'; accepted: drawn, uploaded")]
    [InlineData("label=7&model=nobody", 404, "nobody")]
    public async Task WhatIsSaidWrongOfAPictureIsToldAndKeepsNothing(string query, int status, string expected)
    {
        using var answer = await _client.PostFeedbackAsync(Picture.SevenPng, query);
        Assert.Contains(expected, await answer.ProblemAsync((HttpStatusCode)status), StringComparison.Ordinal);
        Assert.Equal(0, (await _client.ListFeedbackAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task WhatIsNoPictureOrHasNothingDrawnIsAnsweredAsByPredictions()
    {
        using (var blank = await _client.PostFeedbackAsync(Picture.Blank, "label=7"))
        {
            await blank.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        }

        using (var text = await _client.PostFeedbackAsync("no picture"u8.ToArray(), "label=7"))
        {
            await text.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        }

        using (var huge = await _client.PostFeedbackAsync(Picture.OfSide(20_000), "label=7"))
        {
            await huge.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        }

        using (var json = await _client.PostAsJsonAsync("/feedback", new { image = "AAAA", label = new[] { 7 } }))
        {
            Assert.Contains("label in the JSON", await json.ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await _client.ListFeedbackAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task TheSamePictureOnceMoreIsA200AndCorrectsTheLabelAndSoDoesAPut()
    {
        var (id, _) = await PostAsync(1, "label=3");
        using (var again = await _client.PostFeedbackAsync(FeedbackApi.Stroke(1), "label=1"))
        {
            Assert.Equal(1, (await again.ReadAsync(HttpStatusCode.OK)).GetProperty("label").GetInt32());
        }

        foreach (var (body, label) in new[] { ("{\"label\":\"none\"}", null), ("{\"label\":4}", (int?)4), ("{\"label\":null}", null), ("{\"label\":\"5\"}", 5) })
        {
            using var put = await PutAsync(id, body);
            Assert.Equal(label, (await put.ReadAsync(HttpStatusCode.OK)).GetProperty("label").Deserialize<int?>());
        }

        foreach (var body in new[] { "", "{}", "7", "{\"label\":11}", "{\"label\":7.5}", "{\"label\":\"\"}", "{\"label\":true}", "{\"label\"" })
        {
            using var put = await PutAsync(id, body);
            await put.ProblemAsync(HttpStatusCode.BadRequest);
        }

        using var tooLong = await PutAsync(id, new string(' ', 10_000));
        await tooLong.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(5, (await _client.GetFromJsonAsync<JsonElement>($"/feedback/{id}")).GetProperty("label").GetInt32());
    }

    [Fact]
    public async Task PicturesAreListedInPagesAndByFilters()
    {
        for (var i = 0; i < 5; i++)
        {
            await PostAsync(i, $"label={(i < 3 ? 1 : 8)}");
        }

        var all = await _client.ListFeedbackAsync("limit=2&page=3&input=true");
        Assert.Equal((5, 3, 2, 1), (
            all.GetProperty("total").GetInt32(), all.GetProperty("page").GetInt32(), all.GetProperty("limit").GetInt32(), all.GetProperty("samples").GetArrayLength()));
        Assert.StartsWith("data:image/png;base64,", all.GetProperty("samples")[0].GetProperty("input").GetString(), StringComparison.Ordinal);
        Assert.Equal(FeedbackApi.IdOf(FeedbackApi.Stroke(0)), all.GetProperty("samples")[0].GetProperty("id").GetString());
        Assert.Equal(3, await CountAsync("label=1"));
        Assert.Equal(0, await CountAsync("label=none"));
        Assert.Equal(5, await CountAsync("predicted=1") + await CountAsync("predicted=none"));
        Assert.InRange(await CountAsync("wrong=true"), 2, 5);
        Assert.Equal(0, await CountAsync("since=2100-01-01"));
        Assert.Equal(5, await CountAsync("since=2020-01-01T00:00:00Z"));

        foreach (var (query, expected) in new[]
        {
            ("label=x", "The label is 'x'"), ("predicted=12", "predicted is '12'"), ("since=yesterday", "since is 'yesterday'"),
            ("page=0", "page is 0"), ("limit=1000", "limit is 1000"), ("wrong=perhaps", "wrong is 'perhaps'; accepted: true or false"),
        })
        {
            using var answer = await _client.GetAsync($"/feedback?{query}");
            Assert.Contains(expected, await answer.ProblemAsync(HttpStatusCode.BadRequest), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task WhatIsDeletedIsGoneFromTheDisk()
    {
        var (id, _) = await PostAsync(1, "label=1");
        await PostAsync(2, "label=2");
        await PostAsync(3, "label=3");
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/feedback/{id}")).StatusCode);
        Assert.False(Directory.Exists(Path.Combine(_host.Feedback, id)));
        foreach (var path in new[] { $"/feedback/{id}", $"/feedback/{id}/image", $"/feedback/{id}/input" })
        {
            using var answer = await _client.GetAsync(path);
            Assert.Contains(id, await answer.ProblemAsync(HttpStatusCode.NotFound), StringComparison.Ordinal);
        }

        using (var answer = await _client.DeleteAsync("/feedback/no-id"))
        {
            await answer.ProblemAsync(HttpStatusCode.BadRequest);
        }

        using var all = await _client.DeleteAsync("/feedback");
        Assert.Equal(2, (await all.ReadAsync(HttpStatusCode.OK)).GetProperty("deleted").GetInt32());
        Assert.Equal([".lock"], Directory.GetFileSystemEntries(_host.Feedback).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AnExportComesBackAsAnImportWithItsReport()
    {
        await PostAsync(1, "label=1");
        await PostAsync(2, "label=none");
        using (var seven = await _client.PostFeedbackAsync(Picture.Seven, "label=7"))
        {
            await seven.ReadAsync(HttpStatusCode.Created);
        }

        using var export = await _client.GetAsync("/feedback/export");
        Assert.Equal(("application/zip", "feedback.zip"), (
            export.Content.Headers.ContentType?.MediaType, export.Content.Headers.ContentDisposition?.FileName));
        var file = await export.Content.ReadAsByteArrayAsync();
        using (var zip = new ZipArchive(new MemoryStream(file)))
        {
            Assert.Equal(["1/", "7/", "no"], zip.Entries.Select(entry => entry.FullName[..2]).Order());
        }

        using (var one = new ZipArchive(new MemoryStream(await _client.GetByteArrayAsync("/feedback/export?label=7"))))
        {
            Assert.Single(one.Entries);
        }

        await _client.DeleteAsync("/feedback");
        var report = await ImportAsync(file);
        Assert.Equal((3, 0, 0, 0), report);
        Assert.Equal(3, await CountAsync("since=2020-01-01"));
        var samples = (await _client.ListFeedbackAsync()).GetProperty("samples").EnumerateArray();
        Assert.All(samples, sample => Assert.Equal(
            ("imported", ModelApi.Shipped), (sample.GetProperty("source").GetString(), sample.GetProperty("predicted").GetProperty("model").GetString())));
        Assert.Equal((0, 0, 3, 0), await ImportAsync(file));

        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "feedback.zip" } };
        using var answer = await _client.PostAsync("/feedback/import", form);
        Assert.Equal(3, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task AHostileZipIsToldEntryByEntryOrRefused()
    {
        using (var answer = await _client.ImportFeedbackAsync(FeedbackApi.Zip(
            ("../../7/evil.png", Picture.SevenPng), ("7/bomb.png", new byte[50 << 20]), ("x/a.png", Picture.SevenPng), ("7/good.png", Picture.SevenPng))))
        {
            var report = await answer.ReadAsync(HttpStatusCode.OK);
            Assert.Equal((1, 3), (report.GetProperty("added").GetInt32(), report.GetProperty("skipped").GetInt32()));
            Assert.Equal(
                ["../../7/evil.png", "7/bomb.png", "x/a.png"], report.GetProperty("reasons").EnumerateArray().Select(skipped => skipped.GetProperty("name").GetString()));
        }

        foreach (var body in new[] { [], Encoding.UTF8.GetBytes("no ZIP"), Picture.SevenPng })
        {
            using var answer = await _client.ImportFeedbackAsync(body);
            Assert.Contains("not a ZIP", await answer.ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        Assert.Equal(1, await CountAsync("label=7"));
        Assert.Equal([".lock", FeedbackApi.IdOf(Picture.SevenPng)], Directory.GetFileSystemEntries(_host.Feedback).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task PostsFromManySidesAtOnceAreAllThere()
    {
        var posts = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => _client.PostFeedbackAsync(FeedbackApi.Stroke(i % 48), $"label={i % 10}")));
        Assert.Equal((48, 16), (posts.Count(post => post.StatusCode == HttpStatusCode.Created), posts.Count(post => post.StatusCode == HttpStatusCode.OK)));
        Assert.Equal(48, await CountAsync("limit=1"));
    }

    private async Task<(string Id, JsonElement Sample)> PostAsync(int stroke, string query)
    {
        using var answer = await _client.PostFeedbackAsync(FeedbackApi.Stroke(stroke), query);
        var sample = await answer.ReadAsync(HttpStatusCode.Created);
        return (sample.GetProperty("id").GetString()!, sample);
    }

    private async Task<HttpResponseMessage> PutAsync(string id, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.PutAsync($"/feedback/{id}", content);
    }

    private async Task<int> CountAsync(string query) => (await _client.ListFeedbackAsync(query)).GetProperty("total").GetInt32();

    private async Task<(int Added, int Corrected, int Unchanged, int Skipped)> ImportAsync(byte[] zip)
    {
        using var answer = await _client.ImportFeedbackAsync(zip);
        var report = await answer.ReadAsync(HttpStatusCode.OK);
        return (Number("added"), Number("corrected"), Number("unchanged"), Number("skipped"));

        int Number(string name) => report.GetProperty(name).GetInt32();
    }
}
