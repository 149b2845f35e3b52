using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class RefusalFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task WhatIsNoDigitHasNoneAndItIsSaidWhy()
    {
        var answer = await PredictAsync(TellingModel.Register(host.Models, TellingModel.NoDigit));
        Assert.Equal(["digit", "reason", "isDigit", "confidence", "probabilities", "model", "elapsedMs"], Names(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("digit").ValueKind);
        Assert.Equal("This does not look like a digit.", answer.GetProperty("reason").GetString());
        Assert.InRange(answer.GetProperty("isDigit").GetDouble(), 0.04, 0.06);

        // As if it were one: the probability of no digit is not among those of the digits.
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.9, 0.95);
        Assert.Equal(10, answer.GetProperty("probabilities").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("probabilities").EnumerateArray().Sum(value => value.GetDouble()), 1e-5);
    }

    [Fact]
    public async Task WhatCouldBeTwoDigitsNamesThem()
    {
        var answer = await PredictAsync(TellingModel.Register(host.Models, TellingModel.Undecided));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("digit").ValueKind);
        Assert.Equal("This could be a 4 or a 9; neither is probable enough.", answer.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task WhatIsTrustedHasNoReason()
    {
        var answer = await PredictAsync(TellingModel.Register(host.Models, TellingModel.Five));
        Assert.Equal(["digit", "isDigit", "confidence", "probabilities", "model", "elapsedMs"], Names(answer));
        Assert.Equal(5, answer.GetProperty("digit").GetInt32());
        Assert.InRange(answer.GetProperty("isDigit").GetDouble(), 0.99, 1);
    }

    [Fact]
    public async Task AModelThatCannotTellSaysNull()
    {
        using var imported = await host.Client.ImportAsync(ModelApi.Weights("mlp"), ("network", "mlp"));
        var model = (await imported.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetString();
        var answer = await PredictAsync(model!);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("isDigit").ValueKind);
    }

    [Fact]
    public async Task InABatchAPictureThatIsNoDigitIsNoPictureThatCannotBeRead()
    {
        var model = TellingModel.Register(host.Models, TellingModel.NoDigit);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Picture.Seven), "file", "seven.bmp" }, { new ByteArrayContent([1, 2, 3]), "file", "notes.txt" },
        };
        using var answer = await host.Client.PostAsync($"/predict/batch?model={model}", form);
        var entries = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(["name", "digit", "reason", "isDigit", "confidence", "probabilities", "model"], Names(entries[0]));
        Assert.Equal(JsonValueKind.Null, entries[0].GetProperty("digit").ValueKind);
        Assert.Equal(["name", "error", "status"], Names(entries[1]));
    }

    [Fact]
    public async Task TheDocumentSaysWhatMayBeNull()
    {
        using var answer = await host.Client.GetAsync("/swagger/v1/swagger.json");
        var members = (await answer.ReadAsync(HttpStatusCode.OK))
            .GetProperty("components").GetProperty("schemas").GetProperty("PredictionAnswer").GetProperty("properties");
        Assert.All(["digit", "isDigit", "reason"], member => Assert.True(members.GetProperty(member).GetProperty("nullable").GetBoolean()));
        Assert.Contains("null if the answer should not be trusted", members.GetProperty("digit").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PredictAsync(string model)
    {
        using var picture = new ByteArrayContent(Picture.Seven);
        picture.Headers.ContentType = MediaTypeHeaderValue.Parse("image/bmp");
        using var answer = await host.Client.PostAsync($"/predict?model={model}", picture);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(member => member.Name);
}
