using System.Net;
using System.Text.Json;

namespace DigitService.Tests;

public class TrainingHubFacts(Host host) : IClassFixture<Host>
{
    private const int Batches = 100;

    private static object Options(int epochs) => new { network = "mlp", epochs, trainSize = 1_000, validationSize = 100, batchSize = 10, replicas = 1 };

    [Fact]
    public async Task EveryEpochArrivesAndTheCurveIsThatOfTheRun()
    {
        await using var client = await TrainingHubClient.ConnectAsync(host);
        await client.WaitForAsync("snapshot");
        var id = await host.TrainAsync(Options(epochs: 3));
        await client.WaitForAsync("run", id, "completed");

        var run = await host.RunAsync(id);
        Assert.Equal(["queued", "running", "completed"], client.Seen.Where(message => message.Target == "run").Select(message => message.Content.GetProperty("status").GetString()));
        Assert.Equal(Texts(run.GetProperty("epochs")), Of(client, "epoch").Select(message => message.GetProperty("metrics").GetRawText()));
        Assert.Equal(3, run.GetProperty("epochs").GetArrayLength());
        RequireCurve(run, Of(client, "batch").Select(message => message.GetProperty("curve")));

        var last = Of(client, "batch").Last().GetProperty("progress");
        Assert.Equal((3, 3, Batches, Batches, 3 * Batches, 3 * Batches), (Number("epoch"), Number("epochs"), Number("batch"), Number("batches"), Number("step"), Number("steps")));
        Assert.Equal(JsonValueKind.Null, run.GetProperty("progress").ValueKind);
        var told = client.Seen.Last(message => message.Target == "run").Content;
        Assert.Equal(run.GetProperty("modelId").GetString(), told.GetProperty("modelId").GetString());
        Assert.Equal(run.GetProperty("result").GetProperty("accuracy").GetDouble(), told.GetProperty("result").GetProperty("accuracy").GetDouble());
        Assert.False(told.TryGetProperty("curve", out _));

        int Number(string name) => last.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task ALateJoinerGetsAllThatWasAndAllThatFollowsAtMostTwentyTimesASecond()
    {
        await using var early = await TrainingHubClient.ConnectAsync(host);
        var id = await host.TrainAsync(Options(epochs: 10));
        await early.WaitForAsync("epoch", id);
        await using var late = await TrainingHubClient.ConnectAsync(host);
        var snapshot = (await late.WaitForAsync("snapshot")).Content.GetProperty("run");
        Assert.Equal((id, "running"), (snapshot.GetProperty("id").GetString(), snapshot.GetProperty("status").GetString()));

        // Asked for in between, it takes the place of all before it.
        await early.InvokeAsync("GetSnapshot");
        var second = (await early.WaitForAsync("snapshot")).Content.GetProperty("run");
        var before = early.Seen.Count;
        await Task.WhenAll(early.WaitForAsync("run", id, "completed"), late.WaitForAsync("run", id, "completed"));

        var run = await host.RunAsync(id);
        RequireCurve(run, [snapshot.GetProperty("curve"), .. Of(late, "batch").Select(message => message.GetProperty("curve"))]);
        RequireCurve(run, [second.GetProperty("curve"), .. early.Seen.Skip(before).Where(message => message.Target == "batch").Select(message => message.Content.GetProperty("curve"))]);
        Assert.Equal(Texts(run.GetProperty("epochs")), [.. Texts(snapshot.GetProperty("epochs")), .. Of(late, "epoch").Select(message => message.GetProperty("metrics").GetRawText())]);

        var batches = early.Seen.Where(message => message.Target == "batch").ToArray();
        Assert.InRange(batches.Length, 2, 1 + (20 * (batches[^1].At - batches[0].At).TotalSeconds));
    }

    [Fact]
    public async Task AClientThatDoesNotReadMissesNothingAndSlowsNobody()
    {
        await using var deaf = await TrainingHubClient.ConnectAsync(host, reads: false);
        await using var attentive = await TrainingHubClient.ConnectAsync(host);
        var id = await host.TrainAsync(new { network = "mlp", epochs = 10, trainSize = 2_000, validationSize = 100, batchSize = 4, replicas = 1 });
        await attentive.WaitForAsync("run", id, "completed");
        deaf.Read();
        await deaf.WaitForAsync("run", id, "completed");

        var whole = Points([(await host.RunAsync(id)).GetProperty("curve")]);
        Assert.InRange(whole.Count, 500, 1_001);
        foreach (var client in new[] { attentive, deaf })
        {
            var curve = Points(Of(client, "batch").Select(message => message.GetProperty("curve")));
            Assert.Equal(5_000, curve[^1].Step);
            Assert.Equal(Sum(whole), Sum(curve), 1e-6);
            Assert.Equal(10, Of(client, "epoch").Count());
        }
    }

    [Theory]
    [InlineData("PUT", "/hubs/training", HttpStatusCode.MethodNotAllowed, "GET, POST, DELETE")]
    [InlineData("PATCH", "/hubs/training/negotiate", HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("GET", "/hubs/training", HttpStatusCode.BadRequest, null)]
    [InlineData("POST", "/hubs/training", HttpStatusCode.BadRequest, null)]
    public async Task WhatNoClientOfAHubAsksIsAProblem(string method, string path, HttpStatusCode status, string? allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(allowed ?? "", string.Join(", ", answer.Content.Headers.Allow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATinyMessageIsAllThatAClientMaySend()
    {
        await using var client = await TrainingHubClient.ConnectAsync(host);
        await client.WaitForAsync("snapshot");
        await client.SendAsync($"{{\"type\":6,\"more\":\"{new string('x', 5_000)}\"}}");
        await client.Ended;
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task HundredsOfConnectionsThatWaitCostNothing()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TrainingHubClient.ConnectAsync(host)));
        await Task.WhenAll(clients.Select(client => client.WaitForAsync("snapshot")));

        // What the connecting itself cost ends after a while.
        var shares = new List<double>();
        while (shares.Count < 15 && shares.LastOrDefault(1) > 0.05)
        {
            host.Process.Refresh();
            var before = host.Process.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(1));
            host.Process.Refresh();
            shares.Add((host.Process.TotalProcessorTime - before).TotalSeconds);
        }

        Assert.True(shares[^1] <= 0.05, $"CPU seconds in each second: {string.Join(", ", shares)}");
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static IEnumerable<JsonElement> Of(TrainingHubClient client, string target) =>
        client.Seen.Where(message => message.Target == target).Select(message => message.Content);

    private static List<(int Step, double Loss)> Points(IEnumerable<JsonElement> curves) =>
    [
        .. curves.SelectMany(curve => curve.GetProperty("steps").EnumerateArray().Select(step => step.GetInt32())
            .Zip(curve.GetProperty("loss").EnumerateArray().Select(loss => loss.GetDouble()))),
    ];

    // The losses of all steps: each point stands for those since the one before.
    private static double Sum(List<(int Step, double Loss)> curve) =>
        curve.Index().Sum(point => point.Item.Loss * (point.Item.Step - (point.Index == 0 ? 0 : curve[point.Index - 1].Step)));

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetRawText());

    // The runs here are so short that no curve is thinned: a point is a batch.
    private static void RequireCurve(JsonElement run, IEnumerable<JsonElement> parts)
    {
        var whole = run.GetProperty("curve");
        var curves = parts.ToArray();
        var steps = run.GetProperty("epochs").GetArrayLength() * Batches;
        Assert.Equal(Enumerable.Range(1, steps).Select(step => $"{step}"), Texts(whole.GetProperty("steps")));
        foreach (var column in new[] { "steps", "loss", "learningRate" })
        {
            Assert.Equal(Texts(whole.GetProperty(column)), curves.SelectMany(curve => Texts(curve.GetProperty(column))));
        }
    }
}
