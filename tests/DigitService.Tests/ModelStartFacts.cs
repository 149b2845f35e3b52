using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Models;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>With which model the service starts, and what it says without one.</summary>
public sealed class ModelStartFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WithoutAModelItSaysWhatToDoAndTheFirstOneAnswersOnceItIsActivated()
    {
        Directory.CreateDirectory(_folder.File("models"));
        using var host = Host.Start(_folder);
        await RequireNotReady(host, "There is no model that can be used. Train one with POST /train, or import one with POST /models.");
        Assert.Contains("There is no model in", host.Log, StringComparison.Ordinal);
        Assert.Empty((await host.Client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray());
        using var answer = await host.Client.PostAsJsonAsync("/predict", new { pixels = new int[784] });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);

        var id = await host.Client.ImportAsync();
        (await host.Client.ActivateAsync(id)).Dispose();
        Assert.Equal(id, (await host.Client.PredictAsync()).Model);

        // It reads its first pictures itself before it calls itself ready.
        var ready = await host.Client.GetAsync("/health/ready");
        while (ready.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            ready.Dispose();
            await Task.Delay(20);
            ready = await host.Client.GetAsync("/health/ready");
        }

        Assert.Equal(id, (await ready.ReadAsync(HttpStatusCode.OK)).GetProperty("model").GetString());
        ready.Dispose();
    }

    [Theory]
    [InlineData("models/active.json", "nonsense", "models/active.json cannot be used: it is not JSON")]
    [InlineData($"models/{ModelApi.Shipped}/model.json", "{}", $"models/{ModelApi.Shipped}/model.json cannot be used: the field 'network' is missing.")]
    [InlineData($"models/{ModelApi.Shipped}/model.pth", "x", "it has 1 bytes; model.json says ")]
    public async Task AnActiveModelThatCannotBeUsedIsSaidAndTheServiceStarts(string file, string content, string expected)
    {
        using (Host.Start(_folder))
        {
            await File.WriteAllTextAsync(_folder.File(file), content);
        }

        using var host = Host.Start(_folder);
        await RequireNotReady(host, expected);
        await RequireNotReady(host, "Activate another one with POST /models/{id}/activate");
        Assert.Contains("The active model cannot be used", host.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);

        var id = await host.Client.ImportAsync();
        using var activated = await host.Client.ActivateAsync(id);
        Assert.Equal(HttpStatusCode.OK, activated.StatusCode);
        Assert.Equal(id, new ModelRegistry(host.Models).GetActiveId());
    }

    [Fact]
    public async Task WithoutActiveJsonTheNewestThatLoadsBecomesTheActiveOne()
    {
        string older, newer;
        using (var host = Host.Start(_folder))
        {
            older = await host.Client.ImportAsync();
            newer = await host.Client.ImportAsync(seed: 2);
        }

        File.Delete(_folder.File("models/active.json"));
        var weights = _folder.File($"models/{newer}/model.pth");
        var content = await File.ReadAllBytesAsync(weights);
        content[^200] ^= 1;
        await File.WriteAllBytesAsync(weights, content);

        using var again = Host.Start(_folder);
        Assert.Equal(older, (await again.Client.PredictAsync()).Model);
        Assert.Equal(older, new ModelRegistry(again.Models).GetActiveId());
        Assert.Contains($"The model {newer} is not made the active one", again.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Models:LargestImport", "0", "Models:LargestImport is 0; accepted: 1 to 1024, in megabytes.")]
    [InlineData("--Models:Folder", "/dev/null", "Models:Folder is '/dev/null'; accepted: a folder")]
    public void ASettingThatCannotBeIsSaidAtTheStart(string setting, string value, string expected) => Assert.Contains(
        expected, Assert.Throws<InvalidOperationException>(() => Host.Start(_folder, setting, value)).Message, StringComparison.Ordinal);

    private static async Task RequireNotReady(Host host, string expected)
    {
        using var answer = await host.Client.GetAsync("/health/ready");
        Assert.Contains(expected, await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }
}
