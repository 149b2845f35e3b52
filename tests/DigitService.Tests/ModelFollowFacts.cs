using System.Net;
using System.Net.Http.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using TorchSharp;

namespace DigitService.Tests;

/// <summary>What other programs do in the folder of the models while the service answers.</summary>
public sealed class ModelFollowFacts : IDisposable
{
    private const string NotFollowed = "cannot be followed";

    private readonly Host _host = new();
    private readonly HttpClient _client;
    private readonly ModelRegistry _registry;

    public ModelFollowFacts()
    {
        _client = _host.Client;
        _registry = new ModelRegistry(_host.Models);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task AFolderThatCannotBeReadForAMomentEndsNothing()
    {
        var id = await _client.ImportAsync();
        var aside = $"{_host.Models}-aside";
        Directory.Move(_host.Models, aside);

        // A link to itself: whatever is asked of what is in it fails, and not because it is missing.
        File.CreateSymbolicLink(_host.Models, _host.Models);
        await WaitUntil(() => Task.FromResult(_host.Log.Contains(NotFollowed, StringComparison.Ordinal)));
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);

        File.Delete(_host.Models);
        Directory.Move(aside, _host.Models);
        _registry.Activate(id);
        await WaitUntil(async () => (await _client.PredictAsync()).Model == id);
    }

    [Fact]
    public async Task WhatCannotBeLoadedForAMomentIsTriedAgainAndSaidOnce()
    {
        var id = await _client.ImportAsync();
        var weights = Path.Combine(_host.Models, id, "model.pth");
        _registry.Activate(ModelApi.Shipped);
        File.Move(weights, weights + ".aside");
        await File.WriteAllTextAsync(Path.Combine(_host.Models, "active.json"), $$"""{"version": 1, "id": "{{id}}"}""");
        await WaitUntil(() => Task.FromResult(_host.Log.Contains(NotFollowed, StringComparison.Ordinal)));
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);

        // It is looked at every second, and would be said again by then.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Single(_host.Log.Split(NotFollowed).Skip(1));
        File.Move(weights + ".aside", weights);
        await WaitUntil(async () => (await _client.PredictAsync()).Model == id);
    }

    [Fact]
    public async Task ANewTemperatureIsAnsweredWithASecondLater()
    {
        var id = await _client.ImportAsync();
        foreach (var model in new[] { ModelApi.Shipped, id })
        {
            var before = (await _client.PredictAsync(model)).Probabilities;
            _registry.Update(_registry.Get(model) with { Temperature = 100 }, "{}"u8.ToArray());
            await WaitUntil(async () => (await _client.PredictAsync(model)).Probabilities.Max() < before.Max() - 0.001);
            Assert.InRange((await _client.PredictAsync(model)).Probabilities.Max(), 0.1, 0.2);
        }

        // The active one was loaded again for its own change alone.
        Assert.Single(_host.Log.Split("as its registry says now").Skip(1));
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);
    }

    [Fact]
    public async Task WhatAnotherProgramDeletesAnswersNoLonger()
    {
        var id = await _client.ImportAsync();
        Assert.Equal(id, (await _client.PredictAsync(id)).Model);
        _registry.Delete(id);
        await WaitUntil(async () =>
        {
            using var answer = await _client.PostAsJsonAsync($"/predict?model={id}", new { pixels = new int[784] });
            return answer.StatusCode == HttpStatusCode.NotFound;
        });
    }

    [Fact]
    public async Task AModelThatIsDeletedWhileItIsActivatedIsNotFoundAndTheOneBeforeAnswers()
    {
        var id = await _client.ImportAsync();
        Task<HttpResponseMessage> activating;
        using (new FileStream(Path.Combine(_host.Models, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            // It is loaded, and waits for whoever changes the registry before active.json can name it.
            activating = _client.ActivateAsync(id);
            await WaitUntil(async () => (await _client.PredictAsync()).Model == id);
            Directory.Delete(Path.Combine(_host.Models, id), recursive: true);
        }

        using var answer = await activating;
        Assert.Equal($"There is no model {id} in models.", await answer.ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);
    }

    [Theory]
    [InlineData(Normalization.Mnist)]
    [InlineData(Normalization.Unit)]
    public async Task WeightsSoLargeThatNoAnswerIsANumberNeverReplaceTheModelThatWorks(Normalization normalization)
    {
        var id = RegisterHuge(normalization);
        using var activated = await _client.ActivateAsync(id);
        using var asked = await _client.PostAsJsonAsync($"/predict?model={id}", new { pixels = new int[784] });
        foreach (var answer in new[] { activated, asked })
        {
            Assert.Contains("no finite numbers", await answer.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);
        Assert.Equal(ModelApi.Shipped, await _client.ActiveAsync());
        Assert.Equal(ModelApi.Shipped, _registry.GetActiveId());
    }

    // An import refuses them; they come from elsewhere, such as a backup.
    private string RegisterHuge(Normalization normalization)
    {
        using var network = NetworkCatalog.Create("mlp", 1);
        using (torch.no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.fill_(3e38f);
            }
        }

        return _registry.Register(
            new ModelInfo
            {
                Network = "mlp",
                Normalization = normalization,
                Parameters = network.parameters().Sum(parameter => parameter.numel()),
                Versions = LibraryVersions.Current(),
            },
            Checkpoint.OfWeights(network).Write).Id;
    }

    private static async Task WaitUntil(Func<Task<bool>> holds)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < end, "It did not come to pass.");
            await Task.Delay(50);
        }
    }
}
