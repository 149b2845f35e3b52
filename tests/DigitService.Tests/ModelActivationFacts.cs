using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Models;

namespace DigitService.Tests;

/// <summary>Which model answers, whatever comes between.</summary>
public class ModelActivationFacts(Host host) : IClassFixture<Host>, IAsyncLifetime
{
    private readonly HttpClient _client = host.Client;

    private string ActivePath => Path.Combine(host.Models, "active.json");

    // Each fact begins with the model that ships.
    public async Task InitializeAsync() => (await _client.ActivateAsync(ModelApi.Shipped)).Dispose();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AModelIsActivatedAnswersAndIsDeletedWhenItNoLongerDoes()
    {
        var id = await _client.ImportAsync();
        using (var activated = await _client.ActivateAsync(id))
        {
            Assert.True((await activated.ReadAsync(HttpStatusCode.OK)).GetProperty("isActive").GetBoolean());
        }

        Assert.Equal(id, (await _client.PredictAsync()).Model);
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync(ModelApi.Shipped)).Model);
        using (var refused = await _client.DeleteAsync($"/models/{id}"))
        {
            Assert.Contains("Activate another one first.", await refused.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        (await _client.ActivateAsync(ModelApi.Shipped)).Dispose();
        Assert.Equal(id, (await _client.PredictAsync(id)).Model);
        using (var deleted = await _client.DeleteAsync($"/models/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        using var predicted = await _client.PostAsJsonAsync($"/predict?model={id}", new { pixels = new int[784] });
        using var asked = await _client.GetAsync($"/models/{id}");
        using var again = await _client.DeleteAsync($"/models/{id}");
        foreach (var answer in new[] { asked, again })
        {
            Assert.Equal($"There is no model {id} in models.", await answer.ProblemAsync(HttpStatusCode.NotFound));
        }

        Assert.Equal(HttpStatusCode.NotFound, predicted.StatusCode);
    }

    [Fact]
    public async Task WeightsThatWereChangedNeverReplaceTheModelThatWorks()
    {
        var id = await _client.ImportAsync();
        var path = Path.Combine(host.Models, id, "model.pth");
        var content = await File.ReadAllBytesAsync(path);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, content);
        using var answer = await _client.ActivateAsync(id);
        Assert.Contains($"models/{id}/model.pth cannot be used: its SHA-256", await answer.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        await RequireAnswering(ModelApi.Shipped);
    }

    [Fact]
    public async Task AModelThatDoesNotLoadNeverReplacesTheOneThatWorksAndADamagedOneIsListed()
    {
        var id = await _client.ImportAsync();
        var path = Path.Combine(host.Models, id, "model.json");
        var info = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, info.Replace("\"network\": \"mlp\"", "\"network\": \"lenet5\"", StringComparison.Ordinal));
        using var other = await _client.ActivateAsync(id);
        Assert.Contains("does not fit the network lenet5", await other.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, "{");
        using var damaged = await _client.ActivateAsync(id);
        Assert.Contains($"models/{id}/model.json cannot be used", await damaged.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        await RequireAnswering(ModelApi.Shipped);
        var listed = (await _client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray().Single(model => model.GetProperty("id").GetString() == id);
        Assert.Equal(["id", "isActive", "error"], listed.EnumerateObject().Select(field => field.Name));
        Assert.StartsWith($"models/{id}/model.json cannot be used", listed.GetProperty("error").GetString(), StringComparison.Ordinal);
        using var deleted = await _client.DeleteAsync($"/models/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task WhereActiveJsonCannotBeWrittenTheModelBeforeAnswersAgain()
    {
        var id = await _client.ImportAsync();

        // No file can be renamed over a folder that has something in it.
        File.Delete(ActivePath);
        Directory.CreateDirectory(Path.Combine(ActivePath, "in the way"));
        using var answer = await _client.ActivateAsync(id);
        var problem = await answer.ProblemAsync(HttpStatusCode.InternalServerError);
        Directory.Delete(ActivePath, recursive: true);
        Assert.StartsWith($"Could not activate {id} in models; nothing was changed.", problem, StringComparison.Ordinal);
        Assert.EndsWith($"The model {ModelApi.Shipped} answers as before.", problem, StringComparison.Ordinal);
        Assert.Equal(ModelApi.Shipped, (await _client.PredictAsync()).Model);
        Assert.Equal(ModelApi.Shipped, await _client.ActiveAsync());
    }

    [Fact]
    public async Task WhatAnotherProgramActivatesAnswersASecondLater()
    {
        var id = await _client.ImportAsync();
        new ModelRegistry(host.Models).Activate(id);
        await WaitUntil(async () => (await _client.PredictAsync()).Model == id);
        Assert.Equal(id, await _client.ActiveAsync());

        await File.WriteAllTextAsync(ActivePath, "nonsense");
        await WaitUntil(() => Task.FromResult(host.Log.Contains("What the registry says now cannot be followed", StringComparison.Ordinal)));
        Assert.Equal(id, (await _client.PredictAsync()).Model);
    }

    [Fact]
    public async Task AHundredActivationsUnder32ConnectionsLoseNoRequestMixNoAnswersAndKeepNoMemory()
    {
        const long Allowance = 64 << 20;
        string[] ids = [ModelApi.Shipped, await _client.ImportAsync()];
        var answers = new Dictionary<string, double[]>();
        foreach (var id in ids)
        {
            answers[id] = (await _client.PredictAsync(id)).Probabilities;
        }

        Assert.True(Math.Abs(answers[ids[0]][1] - answers[ids[1]][1]) > 0.1, "The two models answer alike, and nothing is seen of who answered.");
        // What the first hundred take, libtorch and the collector keep for the next.
        await SwitchAsync(100);
        var before = Memory();
        await SwitchAsync(100);
        Assert.True(Memory() - before < Allowance, $"The process grew by {Memory() - before:N0} bytes.");
        await RequireAnswering(ids[0]);

        async Task SwitchAsync(int times)
        {
            using var end = new CancellationTokenSource();
            var asking = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
            {
                var count = 0;
                for (; !end.IsCancellationRequested; count++)
                {
                    var (model, probabilities) = await _client.PredictAsync();
                    Assert.Equal(answers[model][1], probabilities[1], 1e-3);
                }

                return count;
            })).ToArray();
            for (var i = 0; i < times; i++)
            {
                using var activated = await _client.ActivateAsync(ids[(i + 1) % 2]);
                Assert.Equal(HttpStatusCode.OK, activated.StatusCode);
            }

            await end.CancelAsync();
            Assert.All(await Task.WhenAll(asking), count => Assert.True(count > 0));
        }

        long Memory()
        {
            host.Process.Refresh();
            return host.Process.WorkingSet64;
        }
    }

    [Fact]
    public async Task AfterActivationsAtOnceTheServiceAndTheFileNameTheSameModel()
    {
        string[] ids = [ModelApi.Shipped, await _client.ImportAsync(), await _client.ImportAsync(2)];
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var activated = await _client.ActivateAsync(ids[i * 7 % 3]);
            Assert.Equal(HttpStatusCode.OK, activated.StatusCode);
        }));
        await RequireAnswering((await _client.PredictAsync()).Model);
    }

    private async Task RequireAnswering(string id)
    {
        Assert.Equal(id, (await _client.PredictAsync()).Model);
        Assert.Equal(id, await _client.ActiveAsync());
        Assert.Equal(id, new ModelRegistry(host.Models).GetActiveId());
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
