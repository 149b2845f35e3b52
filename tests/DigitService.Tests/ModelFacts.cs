using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>What is told of the model that ships, and changes nothing.</summary>
public class ModelFacts(Host host) : IClassFixture<Host>
{
    private readonly HttpClient _client = host.Client;

    [Fact]
    public async Task TheModelThatShipsIsReadyAndTellsAllOfItself()
    {
        var ready = await _client.GetFromJsonAsync<JsonElement>("/health/ready");
        Assert.Equal(("ready", ModelApi.Shipped), (ready.GetProperty("status").GetString(), ready.GetProperty("model").GetString()));

        var model = Assert.Single((await _client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray());
        Assert.Equal(
            [
                "accuracy", "createdAt", "durationSeconds", "epochs", "error", "evaluatedOn", "id", "isActive", "loss", "name", "network",
                "normalization", "options", "parameters", "preprocess", "previous", "runId", "sha256", "size", "temperature",
                "validationAccuracy", "versions",
            ],
            model.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.True(model.GetProperty("isActive").GetBoolean());
        Assert.Equal("oneCycle", model.GetProperty("options").GetProperty("schedule").GetString());
        Assert.Equal(ShippedModel.Info.Temperature, model.GetProperty("temperature").GetDouble());
        Assert.Equal(JsonValueKind.Null, model.GetProperty("error").ValueKind);
        Assert.Equal(model.GetRawText(), (await _client.GetFromJsonAsync<JsonElement>($"/models/{ModelApi.Shipped}")).GetRawText());
    }

    [Fact]
    public async Task WeightsAreDownloadedWholeInPartsAndNotTwice()
    {
        var address = $"/models/{ModelApi.Shipped}/weights";
        using var whole = await _client.GetAsync(address);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        var sha256 = (await _client.GetFromJsonAsync<JsonElement>($"/models/{ModelApi.Shipped}")).GetProperty("sha256").GetString();
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal($"{ModelApi.Shipped}.pth", whole.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("attachment", whole.Content.Headers.ContentDisposition?.DispositionType);

        using var part = await Send(HttpMethod.Get, request => request.Headers.Range = new RangeHeaderValue(1_000, 1_999));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[1_000..2_000], await part.Content.ReadAsByteArrayAsync());

        using var head = await Send(HttpMethod.Head, _ => { });
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        using var again = await Send(HttpMethod.Get, request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        async Task<HttpResponseMessage> Send(HttpMethod method, Action<HttpRequestMessage> change)
        {
            using var request = new HttpRequestMessage(method, address);
            change(request);
            return await _client.SendAsync(request);
        }
    }

    [Fact]
    public async Task OtherFormatsCarryTheTemperature()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("model.safetensors");
        await File.WriteAllBytesAsync(file, await _client.GetByteArrayAsync($"/models/{ModelApi.Shipped}/weights?format=safetensors"));
        var content = SafetensorsFile.Read(file);
        Assert.Equal(ShippedModel.Info.Parameters, content.Tensors.Where(tensor => !tensor.Key.Contains("running", StringComparison.Ordinal) && !tensor.Key.Contains("tracked", StringComparison.Ordinal)).Sum(tensor => tensor.Value.Data.Length / 4));
        Assert.Equal(ShippedModel.Info.Temperature, double.Parse(content.Metadata["temperature"], CultureInfo.InvariantCulture), 1e-6);

        using var onnx = await _client.GetAsync($"/models/{ModelApi.Shipped}/weights?format=onnx");
        Assert.Equal($"{ModelApi.Shipped}.onnx", onnx.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains(content.Metadata["temperature"], Encoding.Latin1.GetString(await onnx.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEvaluationIsToldOnceAndThenNotModified()
    {
        using var answer = await _client.GetAsync($"/models/{ModelApi.Shipped}/evaluation");
        var evaluation = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(ShippedModel.Info.Accuracy, evaluation.GetProperty("accuracy").GetDouble());
        Assert.InRange(evaluation.GetProperty("expectedCalibrationError").GetDouble(), 0, 0.003);
        Assert.Equal(10, evaluation.GetProperty("confusionMatrix").GetArrayLength());

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/models/{ModelApi.Shipped}/evaluation");
        request.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task MistakesAreFilteredAndShown()
    {
        var all = await Mistakes("");
        Assert.Equal(Math.Round((1 - ShippedModel.Info.Accuracy!.Value) * 10_000), all.Length);
        Assert.Equal(all.OrderByDescending(mistake => mistake.GetProperty("confidence").GetDouble()).Select(Index), all.Select(Index));
        Assert.All(all, mistake => Assert.StartsWith("data:image/png;base64,iVBOR", mistake.GetProperty("image").GetString(), StringComparison.Ordinal));

        var fives = await Mistakes("?actual=5");
        Assert.Equal(all.Where(mistake => mistake.GetProperty("actual").GetInt32() == 5).Select(Index), fives.Select(Index));
        Assert.NotEmpty(fives);
        var images = MnistDataset.ReadTest(MnistDataset.FindFolder());
        Assert.All(fives, mistake => Assert.Equal(5, images.Label(Index(mistake))));
        Assert.All(await Mistakes("?predicted=9"), mistake => Assert.Equal(9, mistake.GetProperty("predicted").GetInt32()));
        Assert.All(await Mistakes("?actual=7&predicted=9"), mistake => Assert.Equal(7, mistake.GetProperty("actual").GetInt32()));
        Assert.Equal(all.Take(3).Select(Index), (await Mistakes("?limit=3")).Select(Index));
        Assert.Empty(await Mistakes("?actual=5&predicted=5"));

        async Task<JsonElement[]> Mistakes(string query) =>
            [.. (await _client.GetFromJsonAsync<JsonElement>($"/models/{ModelApi.Shipped}/mistakes{query}")).EnumerateArray()];

        static int Index(JsonElement mistake) => mistake.GetProperty("index").GetInt32();
    }

    [Theory]
    [InlineData("mistakes?actual=10", HttpStatusCode.BadRequest, "actual is 10; accepted: 0 to 9.")]
    [InlineData("mistakes?predicted=-1", HttpStatusCode.BadRequest, "accepted: 0 to 9.")]
    [InlineData("mistakes?limit=0", HttpStatusCode.BadRequest, "accepted: 1 to 1,000.")]
    [InlineData("mistakes?limit=many", HttpStatusCode.BadRequest, "limit")]
    [InlineData("weights?format=keras", HttpStatusCode.BadRequest, "accepted: pth, onnx, safetensors.")]
    public async Task AMistakeIsAProblemThatSaysWhatIsAccepted(string address, HttpStatusCode status, string expected)
    {
        using var answer = await _client.GetAsync($"/models/{ModelApi.Shipped}/{address}");
        Assert.Contains(expected, await answer.ProblemAsync(status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NetworksAndRecipesAreListedAndDrawn()
    {
        var networks = (await _client.GetFromJsonAsync<JsonElement>("/networks")).EnumerateArray().ToArray();
        Assert.Contains(networks, network => network.GetProperty("name").GetString() == "resnet-se");
        Assert.All(networks, network => Assert.Equal(network.GetProperty("name").GetString(), network.GetProperty("recipe").GetProperty("network").GetString()));
        var recipes = (await _client.GetFromJsonAsync<JsonElement>("/recipes")).EnumerateArray().ToArray();
        Assert.Equal(3, recipes.Single(recipe => recipe.GetProperty("name").GetString() == "fast").GetProperty("options").GetProperty("epochs").GetInt32());

        using var diagram = await _client.GetAsync("/networks/CNN/diagram");
        Assert.Equal("image/svg+xml", diagram.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(diagram.Headers.ETag);
        Assert.Equal(
            ["default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"], diagram.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("1,007,590 parameters", await diagram.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var none = await _client.GetAsync("/networks/alexnet/diagram");
        Assert.Contains("There is: mlp,", await none.ProblemAsync(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../beside")]
    [InlineData("%2e%2e/beside")]
    [InlineData("%2e%2e%2f")]
    [InlineData("%2E%2E%2Fbeside")]
    [InlineData("..%5Cbeside")]
    [InlineData("a/b")]
    [InlineData("a%00b")]
    [InlineData(".lock")]
    [InlineData("%20")]
    [InlineData("nobody")]
    public Task AnIdNeverLeavesTheFolder(string id) => RequireRefused(id);

    // The server makes these the addresses /, /weights and so on before anybody sees an id.
    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    public Task DotsLeadToAnotherAddressAndToNoModel(string id) => RequireRefused(id, 200);

    [Fact]
    public Task AVeryLongIdIsRefused() => RequireRefused(new string('a', 5_000));

    private async Task RequireRefused(string id, params int[] orElse)
    {
        // A model beside the folder that an id could lead to.
        var beside = Path.Combine(Path.GetDirectoryName(host.Models)!, "beside");
        Directory.CreateDirectory(beside);
        foreach (var file in Directory.GetFiles(Path.Combine(host.Models, ModelApi.Shipped)))
        {
            File.Copy(file, Path.Combine(beside, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var request in new[]
        {
            $"GET /models/{id}", $"GET /models/{id}/weights", $"GET /models/{id}/evaluation", $"GET /models/{id}/mistakes",
            $"POST /models/{id}/activate", $"DELETE /models/{id}",
        })
        {
            // Sent as it is: a client of HTTP would tidy the path.
            Assert.Contains(await StatusOf(request), orElse.Concat([400, 404, 405]));
        }

        Assert.Equal(3, Directory.GetFiles(beside).Length);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(host.Models, ModelApi.Shipped)).Length);
        Assert.Equal(ModelApi.Shipped, await _client.ActiveAsync());
    }

    private async Task<int> StatusOf(string request)
    {
        using var connection = new TcpClient(host.Address.Host, host.Address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{request} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();
        Assert.DoesNotContain("\"network\"", answer, StringComparison.Ordinal);
        return int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
