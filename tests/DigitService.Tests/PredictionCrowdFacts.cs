using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class PredictionCrowdFacts(Host host) : IClassFixture<Host>
{
    private static readonly byte[] _one = Picture.Png(40, (x, y) => x is > 18 and < 23 && y is > 5 and < 34);

    [Fact]
    public async Task SixtyFourMixedRequestsAtOnceGetEachItsOwnAnswer()
    {
        var requests = Enumerable.Range(0, 64).Select(i => Ask(i % 8));
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(answer.Expected, answer.Given));
        Assert.DoesNotContain("unhandled", host.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WhatIsUnderWayWhenTheServiceEndsIsAnswered()
    {
        using var folder = new TemporaryFolder();
        using var ending = Host.Start(folder);
        using var request = new RawRequest(ending);
        await request.SendHeadAsync($"POST /predict HTTP/1.1\nContent-Length: {Picture.SevenPng.Length}\nExpect: 100-continue");
        await request.WaitForContinueAsync();

        var stop = Task.Run(() => ending.Stop(TimeSpan.FromSeconds(30)));
        await ending.LineAsync("Ending: ");
        await request.SendAsync(Picture.SevenPng);
        Assert.Equal(200, (await request.ReadAnswerAsync()).Status);
        Assert.Equal(0, await stop);
    }

    private async Task<(string Expected, string Given)> Ask(int kind)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Picture.Seven), "file", "seven" },
            { new ByteArrayContent(_one), "file", "one" },
        };
        using var answer = await (kind switch
        {
            0 => host.Client.PostAsync("/predict", new ByteArrayContent(Picture.SevenPng)),
            1 => host.Client.PostAsync("/predict?preprocess=mnist", new ByteArrayContent(_one)),
            2 => host.Client.PostAsync("/predict", form),
            3 => host.Client.PostAsJsonAsync("/predict", new { image = Convert.ToBase64String(_one) }),
            4 => host.Client.PostAsync("/predict", new ByteArrayContent(Picture.Blank)),
            5 => host.Client.PostAsync("/predict", new ByteArrayContent("hello"u8.ToArray())),
            6 => host.Client.PostAsync("/predict/batch", form),
            _ => host.Client.PostAsync("/predict?input=true", new ByteArrayContent(Picture.LargeSeven())),
        });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var expected = kind switch { 0 or 2 or 7 => "7", 1 or 3 => "1", 4 => "422", 5 => "415", _ => "7 1" };
        return (expected, answer.StatusCode != HttpStatusCode.OK ? $"{(int)answer.StatusCode}"
            : kind == 6 ? string.Join(' ', json.GetProperty("predictions").EnumerateArray().Select(Digit))
            : $"{Digit(json)}");
    }

    private static int Digit(JsonElement prediction) => prediction.GetProperty("digit").GetInt32();
}
