using System.Net;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The model that ships learns from what people have corrected, as somebody asks for it over HTTP.</summary>
public sealed class FineTuningFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheModelThatShipsLearnsFromCorrectedPicturesAsTheyAreWhenItIsAsked()
    {
        using var host = Host.Start(_folder);
        await CorrectAsync(host, 12);
        var run = await host.TrainAsync(new { @base = ModelApi.Shipped, feedback = true, trainSize = 500, validationSize = 200 });
        using (var deleted = await host.Client.DeleteAsync("/feedback"))
        {
            await deleted.ReadAsync(HttpStatusCode.OK);
        }

        var completed = await host.WaitForRunAsync(run, "completed");
        var counts = completed.GetProperty("feedback");
        Assert.Equal((12, 0), (counts.GetProperty("learned").GetInt32() + counts.GetProperty("heldOut").GetInt32(), counts.GetProperty("leftOut").GetInt32()));
        using var answer = await host.Client.GetAsync($"/models/{completed.GetProperty("modelId").GetString()}");
        var model = await answer.ReadAsync(HttpStatusCode.OK);
        var options = model.GetProperty("options");
        Assert.Equal(
            ($"{ShippedModel.Info.Name ?? ShippedModel.Info.Network} + feedback", ModelApi.Shipped, true, ShippedModel.Info.Options!.Seed),
            (model.GetProperty("name").GetString(), options.GetProperty("base").GetString(), options.GetProperty("feedback").GetBoolean(),
                options.GetProperty("seed").GetInt64()));
        Assert.InRange(model.GetProperty("accuracy").GetDouble(), 0.97, 1);
        Assert.Equal(ModelApi.Shipped, await host.Client.ActiveAsync());
        Assert.Empty(Directory.GetFiles(host.Runs, "feedback.pth", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task WhatCannotBeLearnedFromIsRefusedInASentence()
    {
        using var host = Host.Start(_folder);
        Assert.Contains("none is kept. Correct answers first", await RefusedAsync(host, new { @base = ModelApi.Shipped, feedback = true }, HttpStatusCode.Conflict), StringComparison.Ordinal);
        await CorrectAsync(host, 3);
        foreach (var (body, status, sentence) in new (object Body, HttpStatusCode Status, string Sentence)[]
        {
            (new { @base = "nobody", feedback = true }, HttpStatusCode.NotFound, "There is no model nobody"),
            (new { @base = "../runs", feedback = true }, HttpStatusCode.BadRequest, "is not an id"),
            (new { @base = ModelApi.Shipped, network = "cnn" }, HttpStatusCode.BadRequest, "network is cnn; accepted: vgg, which the base"),
            (new { @base = ModelApi.Shipped, recipe = "fast" }, HttpStatusCode.BadRequest, "The recipe is fast; accepted: vgg"),
            (new { @base = ModelApi.Shipped, nonDigits = 0 }, HttpStatusCode.BadRequest, "nonDigits is 0; accepted: above 0"),
            (new { @base = 1 }, HttpStatusCode.BadRequest, "base is 1; accepted: a text."),
            (new { feedback = "yes" }, HttpStatusCode.BadRequest, "feedback is \"yes\"; accepted: true or false."),
        })
        {
            Assert.Contains(sentence, await RefusedAsync(host, body, status), StringComparison.Ordinal);
        }

        var weights = Path.Combine(host.Models, ModelApi.Shipped, "model.pth");
        var bytes = await File.ReadAllBytesAsync(weights);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(weights, bytes);
        var damaged = await RefusedAsync(host, new { @base = ModelApi.Shipped, feedback = true }, HttpStatusCode.Conflict);
        Assert.Contains("its SHA-256 is not the one in model.json", damaged, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.File(""), damaged, StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.Runs) && Directory.EnumerateDirectories(host.Runs).Any(), "There is a run.");
    }

    [Fact]
    public async Task WhereFeedbackIsTurnedOffNothingIsLearnedFromIt()
    {
        using (var on = Host.Start(_folder))
        {
            await CorrectAsync(on, 3);
        }

        using var off = Host.Start(_folder, "--Feedback:Enabled", "false");
        var reason = await RefusedAsync(off, new { @base = ModelApi.Shipped, feedback = true }, HttpStatusCode.Conflict);
        Assert.Contains("Feedback is turned off here (Feedback:Enabled)", reason, StringComparison.Ordinal);
    }

    private static async Task CorrectAsync(Host host, int count)
    {
        for (var number = 0; number < count; number++)
        {
            using var answer = await host.Client.PostFeedbackAsync(FeedbackApi.Stroke(number), "label=1");
            await answer.ReadAsync(HttpStatusCode.Created);
        }
    }

    private static Task<string> RefusedAsync(Host host, object body, HttpStatusCode expected) =>
        TrainingCalls.RefusedAsync(host.PostAsync("/train", body), expected);
}
