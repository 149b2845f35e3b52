using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DigitService.Tests;

public class PredictionFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task ThePictureItselfCanBeTheBody()
    {
        using var answer = await host.Client.PostAsync("/predict", Bytes(Picture.Seven, "image/bmp"));
        var prediction = await Read(answer, HttpStatusCode.OK);
        Assert.Equal(7, prediction.GetProperty("digit").GetInt32());
        Assert.InRange(prediction.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Equal(10, prediction.GetProperty("probabilities").GetArrayLength());
        Assert.Equal(ShippedModel.Id, prediction.GetProperty("model").GetString());
        Assert.True(prediction.GetProperty("elapsedMs").GetDouble() > 0);
        Assert.False(prediction.TryGetProperty("input", out _));
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task TheBytesTellWhatTheyAreWhateverTheTypeSays(string? type)
    {
        using var answer = await host.Client.PostAsync("/predict", Bytes(Picture.Seven, type));
        Assert.Equal(7, (await Read(answer, HttpStatusCode.OK)).GetProperty("digit").GetInt32());
    }

    [Fact]
    public async Task AFormIsReadAsBrowsersSendIt()
    {
        using var form = new MultipartFormDataContent { { Bytes(Picture.Seven, "image/bmp"), "file", "seven.bmp" } };
        using var answer = await host.Client.PostAsync("/predict?input=true", form);
        var prediction = await Read(answer, HttpStatusCode.OK);
        Assert.Equal(7, prediction.GetProperty("digit").GetInt32());
        Assert.StartsWith("data:image/png;base64,iVBOR", prediction.GetProperty("input").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonCarriesAPictureOrPixels()
    {
        using var picture = await host.Client.PostAsJsonAsync("/predict", new { image = $"data:image/bmp;base64,{Convert.ToBase64String(Picture.Seven)}" });
        Assert.Equal(7, (await Read(picture, HttpStatusCode.OK)).GetProperty("digit").GetInt32());

        var pixels = Enumerable.Range(0, 784).Select(i => i % 28 is 13 or 14 && i / 28 is > 4 and < 24 ? 255.0 : 0).ToArray();
        using var numbers = await host.Client.PostAsJsonAsync("/predict", new { pixels });
        Assert.Equal(1, (await Read(numbers, HttpStatusCode.OK)).GetProperty("digit").GetInt32());
    }

    public static TheoryData<HttpStatusCode, string, string, string?, string> Mistakes => new()
    {
        { HttpStatusCode.UnsupportedMediaType, "/predict", "hello", "image/png", "PNG, JPEG, WebP, BMP and GIF are accepted" },
        { HttpStatusCode.BadRequest, "/predict", "{\"picture\": 1}", "application/json", "neither 'image' nor 'pixels'" },
        { HttpStatusCode.BadRequest, "/predict", "{\"pixels\": [1, 2]}", "application/json", "784 are needed" },
        { HttpStatusCode.BadRequest, "/predict", "{\"image\": \"***\"}", "application/json", "not in base64" },
        { HttpStatusCode.BadRequest, "/predict", "{\"image", "application/json", "not JSON" },
        { HttpStatusCode.BadRequest, "/predict", "{\"image\": \"\\ud800\"}", "application/json", "not Unicode" },
        { HttpStatusCode.BadRequest, "/predict?preprocess=1", "x", "image/png", "accepted: mnist, plain" },
        { HttpStatusCode.BadRequest, "/predict?preprocess=best", "x", "image/png", "accepted: mnist, plain" },
        { HttpStatusCode.BadRequest, "/predict?input=perhaps", "x", "image/png", "input" },
        { HttpStatusCode.BadRequest, "/predict", "x", "multipart/form-data; boundary=y", "form" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeIsAProblemThatSaysWhatIsAccepted(HttpStatusCode status, string address, string body, string? type, string expected)
    {
        using var answer = await host.Client.PostAsync(address, Bytes(System.Text.Encoding.UTF8.GetBytes(body), type));
        var problem = await Read(answer, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABlankPictureIsSaidToBeBlank()
    {
        using var answer = await host.Client.PostAsync("/predict", Bytes(Picture.Blank, "image/bmp"));
        Assert.Contains("Nothing is drawn", (await Read(answer, HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyThatIsTooLargeIsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = Bytes(new byte[16 << 20], "image/png") };
        request.Headers.ExpectContinue = true;
        using var answer = await host.Client.SendAsync(request);
        await Read(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task AnUnknownModelIsNotFoundWhateverFormOfAnswerIsAskedFor()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict?model=nobody") { Content = Bytes(Picture.Seven, "image/bmp") };
        request.Headers.Accept.ParseAdd("text/plain");
        using var answer = await host.Client.SendAsync(request);
        Assert.Contains("nobody", (await Read(answer, HttpStatusCode.NotFound)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static ByteArrayContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
