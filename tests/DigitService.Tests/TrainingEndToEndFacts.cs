using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The whole road of a model, as somebody walks it over HTTP.</summary>
public class TrainingEndToEndFacts(Host host) : IClassFixture<Host>
{
    private const int Epochs = 5;

    private readonly HttpClient _client = host.Client;

    [Fact]
    public async Task AModelIsTrainedWatchedActivatedAskedExportedImportedAndDeleted()
    {
        Assert.Equal(ModelApi.Shipped, await _client.ActiveAsync());
        var id = await TrainAsync();
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);
        using (var activated = await _client.ActivateAsync(id))
        {
            Assert.True((await activated.ReadAsync(HttpStatusCode.OK)).GetProperty("isActive").GetBoolean());
        }

        await RequireReadingAsync(id);
        var copy = await ExportAndImportAsync(id);
        Assert.Equal((await _client.PredictAsync(id)).Probabilities, (await _client.PredictAsync(copy)).Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
        using (var deleted = await _client.DeleteAsync($"/models/{copy}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        using var gone = await _client.PostAsJsonAsync($"/predict?model={copy}", new { pixels = new int[784] });
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(id, (await _client.PredictAsync()).Model);
    }

    private async Task<string> TrainAsync()
    {
        await using var watcher = await TrainingHubClient.ConnectAsync(host);
        await watcher.WaitForAsync("snapshot");
        var run = await host.TrainAsync(new { network = "mlp", epochs = Epochs, trainSize = 5_000, validationSize = 500 });
        var end = (await watcher.WaitForAsync("run", run, "completed")).Content;
        var stored = await host.RunAsync(run);
        Assert.Equal(
            stored.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetRawText()),
            watcher.Seen.Where(message => message.Target == "epoch").Select(message => message.Content.GetProperty("metrics").GetRawText()));
        Assert.Equal(Epochs, stored.GetProperty("epochs").GetArrayLength());
        Assert.InRange(stored.GetProperty("result").GetProperty("accuracy").GetDouble(), 0.85, 1);
        return end.GetProperty("modelId").GetString()!;
    }

    private async Task RequireReadingAsync(string id)
    {
        const int Asked = 50;
        var test = MnistDataset.Read(MnistDataset.FindFolder()).Test;
        var right = 0;
        for (var i = 0; i < Asked; i++)
        {
            using var answer = await host.PostAsync("/predict", new { pixels = test.Image(i).ToArray().Select(value => (int)value) });
            var prediction = await answer.ReadAsync(HttpStatusCode.OK);
            Assert.Equal(id, prediction.GetProperty("model").GetString());
            right += prediction.GetProperty("digit").GetInt32() == test.Label(i) ? 1 : 0;
        }

        Assert.InRange(right, 40, Asked);
    }

    private async Task<string> ExportAndImportAsync(string id)
    {
        using var folder = new TemporaryFolder();
        var onnx = await _client.GetByteArrayAsync($"/models/{id}/weights?format=onnx");
        Assert.True(onnx.AsSpan().IndexOf("Gemm"u8) > 0, "There is no linear layer in the ONNX file.");
        await File.WriteAllBytesAsync(folder.File("model.safetensors"), await _client.GetByteArrayAsync($"/models/{id}/weights?format=safetensors"));
        var tensors = SafetensorsFile.Read(folder.File("model.safetensors")).Tensors;

        var model = await _client.GetFromJsonAsync<JsonElement>($"/models/{id}");
        Assert.Equal(model.GetProperty("parameters").GetInt64(), tensors.Values.Sum(tensor => tensor.Data.Length / sizeof(float)));
        using var answer = await _client.ImportAsync(
            await _client.GetByteArrayAsync($"/models/{id}/weights"),
            ("network", "mlp"),
            ("temperature", model.GetProperty("temperature").GetRawText()));
        var imported = await answer.ReadAsync(HttpStatusCode.Created);
        Assert.Equal(model.GetProperty("accuracy").GetDouble(), imported.GetProperty("accuracy").GetDouble(), 1e-7);
        return imported.GetProperty("id").GetString()!;
    }
}
