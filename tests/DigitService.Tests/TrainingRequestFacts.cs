using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DigitService.Tests;

public class TrainingRequestFacts(Host host) : IClassFixture<Host>
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "{\"epoch\": 2}", "There is no field 'epoch'; accepted: name, recipe, network, epochs, batchSize" },
        { "{\"Epochs\": 2}", "There is no field 'Epochs'" },
        { "{\"epochs\": \"2\"}", "epochs is \"2\"; accepted: a whole number." },
        { "{\"epochs\": 2.5}", "epochs is 2.5; accepted: a whole number." },
        { "{\"epochs\": 99999999999}", "epochs is 99999999999; accepted: a whole number." },
        { "{\"learningRate\": [1]}", "learningRate is [1]; accepted: a number." },
        { "{\"network\": 1}", "network is 1; accepted: a text." },
        { "{\"optimizer\": \"best\"}", "optimizer is \"best\"; accepted: sgd, momentum, adam, adamW." },
        { "{\"optimizer\": 1}", "accepted: sgd" },
        { "{\"augmentation\": \"much\"}", "augmentation is \"much\"; accepted: none, slight, affine, elastic, world, or an object with any of rotation" },
        { "{\"augmentation\": {\"turn\": 1}}", "augmentation is {\"turn\": 1}; accepted: none" },
        { "{\"augmentation\": {\"rotation\": 200}}", "rotation is 200; accepted: 0 to 180." },
        { "{\"drawnDigits\": 2}", "drawnDigits is 2; accepted: 0 (off) to 1" },
        { "{\"weightAveraging\": 1}", "weightAveraging is 1; accepted: 0 (off) to below 1" },
        { "{\"nonDigits\": 0.3}", "nonDigits is 0.3; accepted: 0, since cnn does not tell digits" },
        { "{\"network\": \"vgg\", \"nonDigits\": 0}", "nonDigits is 0; accepted: above 0 and at most 1, since vgg tells digits" },
        { "{\"network\": \"Adam\"}", "There is no network 'Adam'. There is: mlp, " },
        { "{\"recipe\": \"quick\"}", "There is no recipe 'quick'. There is: mlp, " },
        { "{\"batchSize\": 1}", "batchSize is 1; accepted: 2 to 10,000." },
        { "{\"learningRate\": 1e999}", "learningRate is Infinity; accepted: above 0" },
        { "{\"momentum\": 0.9}", "momentum is 0.9; accepted: only with the optimizer momentum, not with adam." },
        { "{\"schedule\": \"plateau\", \"validationSize\": 0}", "schedule is plateau; accepted: any other, since validationSize is 0" },
        { "{\"trainSize\": 56000}", "trainSize is 56000; accepted: 10 to 55,000, since validationSize is 5,000." },
        { "{\"name\": \"\"}", "name is not accepted: it has 1 to 100 characters" },
        { "{\"name\": \"a\\nb\"}", "all of them printable" },
        { "{\"name\": \"\\ud800\"}", "name is \"\\ud800\"; accepted: a text." },
        { "{\"\\ud800\": 1}", "not JSON" },
        { "{\"epochs\": 1, \"epochs\": 2}", "Duplicate property 'epochs'" },
        { "{\"epochs\"", "not JSON" },
        { "[]", "not a JSON object; accepted: one with any of name" },
        { "null", "not a JSON object" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeIsNamedWithWhatIsAccepted(string body, string expected) =>
        Assert.Contains(expected, await TrainingCalls.RefusedAsync(PostAsync(body), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task AnotherTypeIsRefusedSinceAnyPageCouldPostIt(string type) => Assert.Contains(
        "accepted: application/json", await TrainingCalls.RefusedAsync(PostAsync("{}", type), HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);

    [Fact]
    public async Task ABodyThatIsTooLargeIsRefused() => Assert.Contains(
        "16384 bytes",
        await TrainingCalls.RefusedAsync(PostAsync($"{{\"name\": \"{new string('x', 20_000)}\"}}"), HttpStatusCode.RequestEntityTooLarge),
        StringComparison.Ordinal);

    [Fact]
    public async Task WhatIsLeftOutComesFromTheRecipe()
    {
        using var all = await host.Client.PostAsync("/train", null);
        var first = (await TrainingCalls.ReadAsync(all, HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        var second = await host.TrainAsync(new { recipe = "fast", name = "Märchen", seed = 7, drawnDigits = 0.25, weightAveraging = 0.5, optimizer = "adamw", epochs = (int?)null, augmentation = new { shear = 3 } });
        var (cnn, fast) = (await host.RunAsync(first), await host.RunAsync(second));
        await host.ChangeAsync(second, "cancel");
        await host.ChangeAsync(first, "cancel");

        Assert.Equal(("cnn", 8), (cnn.GetProperty("network").GetString(), cnn.GetProperty("options").GetProperty("epochs").GetInt32()));
        var options = fast.GetProperty("options");
        Assert.Equal(
            ("Märchen", "lenet5", 3, 7, "adamW", 3, "oneCycle"),
            (fast.GetProperty("name").GetString(), options.GetProperty("network").GetString(), options.GetProperty("epochs").GetInt32(),
                options.GetProperty("seed").GetInt32(), options.GetProperty("optimizer").GetString(),
                options.GetProperty("augmentation").GetProperty("shear").GetInt32(), options.GetProperty("schedule").GetString()));
        Assert.Equal(
            (0.25, 0.5, 0),
            (options.GetProperty("drawnDigits").GetDouble(), options.GetProperty("weightAveraging").GetDouble(), options.GetProperty("nonDigits").GetDouble()));
        Assert.Equal("cancelled", (await host.WaitForRunAsync(first, "cancelled")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/runs/nobody", "GET", HttpStatusCode.NotFound)]
    [InlineData("/runs/nobody/cancel", "POST", HttpStatusCode.NotFound)]
    [InlineData("/runs/nobody/resume", "POST", HttpStatusCode.NotFound)]
    [InlineData("/runs/..%2f..%2fmodels", "GET", HttpStatusCode.BadRequest)]
    [InlineData("/runs/.hidden", "GET", HttpStatusCode.BadRequest)]
    [InlineData("/runs/a b/cancel", "POST", HttpStatusCode.BadRequest)]
    [InlineData("/runs/a b/resume", "POST", HttpStatusCode.BadRequest)]
    public async Task UnknownRunsAndIdsThatAreNoneAreRefused(string address, string method, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        var reason = await TrainingCalls.RefusedAsync(host.Client.SendAsync(request), expected);
        Assert.Contains(expected == HttpStatusCode.NotFound ? "There is no run nobody" : "is not an id", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), reason, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return host.Client.PostAsync("/train", content);
    }
}
