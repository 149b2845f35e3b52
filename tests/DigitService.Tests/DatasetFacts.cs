using System.Net;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>Runs that learn from what a user has put beside MNIST.</summary>
public sealed class DatasetFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public DatasetFacts()
    {
        _data = _folder.File("data");
        DatasetFiles.WritePictures(Path.Combine(_data, "scans"), DatasetFiles.Train, 120);
        Directory.CreateDirectory(Path.Combine(_data, "broken", "1"));
        Directory.CreateDirectory(Path.Combine(_data, "broken", "eight"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DatasetsAreListedAndTrainedOnByName()
    {
        DatasetFiles.WriteIdx(Path.Combine(_data, "idx"), "train", DatasetFiles.Train, 120, ".gz");
        DatasetFiles.WriteIdx(Path.Combine(_data, "idx"), "t10k", DatasetFiles.Test, 40, ".gz");
        File.WriteAllText(Path.Combine(_data, "scans", "3", "broken.png"), "no picture");
        using var host = Host.Start(_folder, "--Training:Datasets", _data);
        using var listed = await host.Client.GetAsync("/datasets");
        var datasets = (await listed.ReadAsync(HttpStatusCode.OK)).EnumerateArray().ToList();
        Assert.Equal(["mnist", "broken", "idx", "scans"], datasets.Select(dataset => dataset.GetProperty("name").GetString()));
        Assert.Equal(["idx", null, "idx", "folders"], datasets.Select(dataset => dataset.GetProperty("kind").GetString()));
        Assert.Equal([(60_000, 10_000), (0, 0), (120, 40), (121, 0)], datasets.Select(dataset =>
            (dataset.GetProperty("images").GetInt32(), dataset.GetProperty("testImages").GetInt32())));
        Assert.Equal(
            "data/broken/eight is not the folder of a label; accepted: 0 to 9, or none for what is not a digit.", datasets[1].GetProperty("error").GetString());

        var scans = await TrainAsync(host, "scans");
        Assert.Equal(("scans", 20), (scans.Options.GetProperty("data").GetString(), scans.Options.GetProperty("validationSize").GetInt32()));
        Assert.Equal(("mnist", 10_000), scans.Evaluation);
        Assert.Contains("1 pictures of the dataset scans are left out, such as 3/broken.png: ", host.Log, StringComparison.Ordinal);
        Assert.Equal(("idx", 40), (await TrainAsync(host, "idx")).Evaluation);
        var mnist = await host.TrainAsync(new { network = "mlp", data = "mnist", trainSize = 100, validationSize = 20, epochs = 1 });
        Assert.Equal(JsonValueKind.Null, (await host.RunAsync(mnist)).GetProperty("options").GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task WhatIsNoDatasetIsRefusedInASentenceThatNamesThoseThatThereAre()
    {
        using var host = Host.Start(_folder, "--Training:Datasets", _data);
        Assert.Equal("There is no dataset other. There is: mnist, scans.", await Refused("other", HttpStatusCode.NotFound));
        Assert.StartsWith("The dataset broken cannot be used: data/broken/eight", await Refused("broken", HttpStatusCode.Conflict), StringComparison.Ordinal);
        foreach (var path in new[] { "../scans", "/etc", "", "a/b", ".." })
        {
            Assert.Contains("accepted:", await Refused(path, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        Assert.Equal(
            "validationSize is 120; accepted: 0 to 119, since there are 120 images.",
            await TrainingCalls.RefusedAsync(host.PostAsync("/train", new { data = "scans", validationSize = 120 }), HttpStatusCode.BadRequest));
        Assert.Equal(0, (await Runs(host)).GetArrayLength());

        async Task<string> Refused(string data, HttpStatusCode status) =>
            await TrainingCalls.RefusedAsync(host.PostAsync("/train", new { data }), status);
    }

    private static async Task<JsonElement> Runs(Host host)
    {
        using var answer = await host.Client.GetAsync("/runs");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private static async Task<(JsonElement Options, (string?, int) Evaluation)> TrainAsync(Host host, string data)
    {
        var id = await host.TrainAsync(new { network = "mlp", data, epochs = 1, batchSize = 20 });
        var run = await host.WaitForRunAsync(id, "completed");
        var model = run.GetProperty("modelId").GetString();
        using var answer = await host.Client.GetAsync($"/models/{model}");
        using var evaluated = await host.Client.GetAsync($"/models/{model}/evaluation");
        var tested = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("evaluatedOn").GetString();
        if (tested != "mnist")
        {
            using var mistakes = await host.Client.GetAsync($"/models/{model}/mistakes");
            Assert.Contains($"was evaluated on the test images of {data}", await mistakes.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        return (run.GetProperty("options"), (tested, (await evaluated.ReadAsync(HttpStatusCode.OK)).GetProperty("count").GetInt32()));
    }
}
