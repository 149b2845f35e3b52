using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DigitService.Tests;

public class PredictionBatchFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task EveryPictureHasItsAnswerInTheOrderOfTheForm()
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("a comment"), "comment");
        Add(form, Picture.Seven, "sieben.bmp");
        Add(form, "not a picture"u8.ToArray(), "text.png");
        Add(form, Picture.Blank, "blank.bmp");
        Add(form, Picture.SevenPng[..^30], "cut off.png");
        Add(form, [], "empty.png");
        Add(form, new byte[(10 << 20) + 1], "huge.png");
        Add(form, Picture.LargeSeven(), "七.png");
        Add(form, Picture.OfSide(20_001), "vast.png");
        form.Add(Content(Picture.SevenPng), "file");

        using var answer = await host.Client.PostAsync("/predict/batch", form);
        var batch = await Read(answer, HttpStatusCode.OK);
        Assert.True(batch.GetProperty("elapsedMs").GetDouble() > 0);
        var predictions = batch.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(
            ["sieben.bmp", "text.png", "blank.bmp", "cut off.png", "empty.png", "huge.png", "七.png", "vast.png", null],
            predictions.Select(prediction => prediction.GetProperty("name").GetString()));
        Assert.Equal([7, 415, 422, 400, 400, 413, 7, 413, 7], predictions.Select(DigitOrStatus));
        Assert.Equal(["name", "digit", "isDigit", "confidence", "probabilities", "model"], Names(predictions[0]));
        Assert.Equal(["name", "error", "status"], Names(predictions[1]));
        Assert.Contains("PNG, JPEG, WebP, BMP and GIF are accepted", predictions[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(ShippedModel.Id, predictions[8].GetProperty("model").GetString());
    }

    [Fact]
    public async Task ALongBatchIsAnsweredAsEachPictureIsByItself()
    {
        // Bars of different slants and places: none is read quite as another.
        var pictures = Enumerable.Range(0, 150)
            .Select(i => Picture.Png(40, (x, y) => y is > 5 and < 34 && Math.Abs(x - 12 - (i % 12) - (y * (i / 30 * 0.1))) < 2))
            .ToArray();
        using var form = new MultipartFormDataContent();
        foreach (var (i, picture) in pictures.Index())
        {
            Add(form, picture, $"{i}.png");
        }

        using var answer = await host.Client.PostAsync("/predict/batch?preprocess=plain&input=true", form);
        var predictions = (await Read(answer, HttpStatusCode.OK)).GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"{i}.png"), predictions.Select(prediction => prediction.GetProperty("name").GetString()));
        Assert.True(predictions.Select(prediction => prediction.GetProperty("input").GetString()).Distinct().Count() > 50);
        for (var i = 0; i < pictures.Length; i += 10)
        {
            using var alone = await host.Client.PostAsync("/predict?preprocess=plain&input=true", Content(pictures[i]));
            var expected = await Read(alone, HttpStatusCode.OK);
            Assert.Equal(expected.GetProperty("input").GetString(), predictions[i].GetProperty("input").GetString());
            Assert.Equal(expected.GetProperty("digit").GetRawText(), predictions[i].GetProperty("digit").GetRawText());
            Assert.Equal(expected.GetProperty("confidence").GetDouble(), predictions[i].GetProperty("confidence").GetDouble(), 1e-4);
        }
    }

    public static TheoryData<HttpStatusCode, string, string, string, string> Mistakes => new()
    {
        { HttpStatusCode.UnsupportedMediaType, "/predict/batch", "x", "image/png", "multipart form" },
        { HttpStatusCode.UnsupportedMediaType, "/predict/batch", "{}", "application/json", "multipart form" },
        { HttpStatusCode.BadRequest, "/predict/batch", "--x--\r\n", "multipart/form-data; boundary=x", "no file" },
        { HttpStatusCode.BadRequest, "/predict/batch", "--x", "multipart/form-data; boundary=x", "The form cannot be read" },
        { HttpStatusCode.BadRequest, "/predict/batch", "--x--", "multipart/form-data", "needs a boundary" },
        { HttpStatusCode.BadRequest, "/predict/batch?preprocess=best", "--x--", "multipart/form-data; boundary=x", "accepted: mnist, plain" },
        { HttpStatusCode.NotFound, "/predict/batch?model=nobody", "--x--", "multipart/form-data; boundary=x", "nobody" },
        { HttpStatusCode.BadRequest, "/predict/batch?model=.no", "--x--", "multipart/form-data; boundary=x", ".no" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeOfTheWholeFormIsAProblem(HttpStatusCode status, string address, string body, string type, string expected)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await host.Client.PostAsync(address, content);
        var problem = await Read(answer, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreFilesThanABatchMayHaveAreTooMuch()
    {
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < 257; i++)
        {
            Add(form, Picture.SevenPng, "seven.png");
        }

        using var answer = await host.Client.PostAsync("/predict/batch", form);
        var problem = await Read(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("more than 256 files", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesThatComeAfterTheirModelIsDeletedAreErrorsAndTheBatchIsAnswered()
    {
        var model = await host.Client.ImportAsync();
        using var form = new MultipartFormDataContent("y");
        Add(form, Picture.SevenPng, "seven.png");
        var body = await form.ReadAsByteArrayAsync();
        using var request = new RawRequest(host);
        await request.SendHeadAsync(
            $"POST /predict/batch?model={model} HTTP/1.1\nContent-Type: multipart/form-data; boundary=y\nContent-Length: {body.Length}\nExpect: 100-continue");
        await request.WaitForContinueAsync();
        using (var deleted = await host.Client.DeleteAsync($"/models/{model}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        await request.SendAsync(body);
        var answer = await request.ReadAnswerAsync();
        Assert.Equal(200, answer.Status);
        Assert.Equal(404, Assert.Single(answer.Json.GetProperty("predictions").EnumerateArray()).GetProperty("status").GetInt32());
    }

    private static int DigitOrStatus(JsonElement prediction) =>
        prediction.TryGetProperty("digit", out var digit) ? digit.GetInt32() : prediction.GetProperty("status").GetInt32();

    private static IEnumerable<string> Names(JsonElement prediction) => prediction.EnumerateObject().Select(property => property.Name);

    private static void Add(MultipartFormDataContent form, byte[] bytes, string name) => form.Add(Content(bytes), "file", name);

    private static ByteArrayContent Content(byte[] bytes) => new(bytes) { Headers = { ContentType = new("application/octet-stream") } };

    private static async Task<JsonElement> Read(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
