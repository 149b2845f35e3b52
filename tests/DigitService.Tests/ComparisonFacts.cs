using System.Net;
using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Tests;
using DigitService.Recognition.Training;

namespace DigitService.Tests;

/// <summary>A model beside the one that it was fine-tuned from.</summary>
public class ComparisonFacts(Host host) : IClassFixture<Host>
{
    private static readonly Lazy<DigitImages> _images = new(() => MnistDataset.ReadTest(MnistDataset.FindFolder()));

    private readonly HttpClient _client = host.Client;

    [Fact]
    public async Task AModelIsShownBesideItsBaseWithAllThatChangedAndARecommendation()
    {
        var from = Register(TellingModel.NoDigit, null, 7, 21);
        var tuned = Register(TellingModel.Five, from, 7, 42);
        var heldOut = await CorrectAsync(40, label: 5);
        var answer = await CompareAsync(tuned);

        Assert.Equal((tuned, from), (Text(answer, "model", "id"), Text(answer, "with", "id")));
        Assert.Equal((0.9998, 0.9998), (Number(answer, "model", "accuracy"), Number(answer, "with", "accuracy")));
        Assert.Equal((1, 0), (Number(answer, "model", "feedbackAccuracy"), Number(answer, "with", "feedbackAccuracy")));
        Assert.True(Number(answer, "model", "meanConfidence") > 0.99);
        Assert.InRange(Number(answer, "model", "expectedCalibrationError"), 0.08, 0.1);
        Assert.False(answer.GetProperty("with").GetProperty("isActive").GetBoolean());

        var mnist = answer.GetProperty("mnist");
        Assert.Equal((10_000, 1, 1), (Number(mnist, "images"), Number(mnist, "nowRight"), Number(mnist, "nowWrong")));
        var worse = mnist.GetProperty("changes")[0];
        Assert.Equal((42, _images.Value.Label(42)), (Number(worse, "index"), Number(worse, "actual")));
        Assert.Equal(JsonValueKind.Null, worse.GetProperty("sample").ValueKind);
        Assert.False(worse.GetProperty("isRight").GetBoolean());
        Assert.Equal((_images.Value.Label(42) + 1) % 10, Number(worse, "after", "digit"));
        Assert.Equal(GrayPng.DataUri(_images.Value.Image(42), DigitImages.Side), Text(worse, "image"));
        Assert.True(mnist.GetProperty("changes")[1].GetProperty("isRight").GetBoolean());

        var feedback = answer.GetProperty("feedback");
        Assert.Equal((heldOut.Count, heldOut.Count, 0), (Number(feedback, "images"), Number(feedback, "nowRight"), Number(feedback, "nowWrong")));
        Assert.Equal(heldOut.Order(), feedback.GetProperty("changes").EnumerateArray().Select(change => Text(change, "sample")).Order());
        Assert.All(feedback.GetProperty("changes").EnumerateArray(), change =>
        {
            Assert.Equal((5, 5), (Number(change, "actual"), Number(change, "after", "digit")));
            Assert.Equal(JsonValueKind.Null, change.GetProperty("before").GetProperty("digit").ValueKind);
            Assert.StartsWith("data:image/png;base64,", Text(change, "image"), StringComparison.Ordinal);
        });
        Assert.Equal(("activate", 0), (Text(answer, "recommendation", "verdict"), Number(answer, "accuracyDrop")));
        Assert.StartsWith($"Of {heldOut.Count} corrected pictures held out, ", Text(answer, "recommendation", "reason"), StringComparison.Ordinal);
        Assert.True(answer.GetProperty("canActivate").GetBoolean());

        // Another label, and the pictures are read anew.
        using (var corrected = await _client.PostFeedbackAsync(FeedbackApi.Stroke(Enumerable.Range(0, 40).First(i => heldOut.Contains(Id(i)))), "label=none"))
        {
            await corrected.ReadAsync(HttpStatusCode.OK);
        }

        Assert.Equal((heldOut.Count - 1, 1), Changes(await CompareAsync(tuned), "feedback"));
        Assert.Equal((1, heldOut.Count - 1), Changes(await CompareAsync(from, $"with={tuned}"), "feedback"));
        Assert.Equal(1, (await CompareAsync(tuned, "limit=1")).GetProperty("mnist").GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task AModelThatHasForgottenIsNotActivatedUnlessForcedAndARollbackTakesItBack()
    {
        var from = Register(TellingModel.NoDigit, null);
        var tuned = Register(TellingModel.Five, from, [.. Enumerable.Range(0, 11)]);
        (await _client.ActivateAsync(ModelApi.Shipped)).Dispose();
        (await _client.ActivateAsync(from)).Dispose();
        var compared = await CompareAsync(tuned);
        using (var refused = await _client.ActivateAsync(tuned))
        {
            var sentence = await refused.ProblemAsync(HttpStatusCode.Conflict);
            Assert.Equal(
                $"The model {tuned} reads 99.89% of MNIST's test images, 0.11 points less than the 100.00% of its base, {from}; at most 0.1 less is accepted. To activate it all the same, send ?force=true.",
                sentence);
            Assert.Equal((false, sentence), (compared.GetProperty("canActivate").GetBoolean(), Text(compared, "refusal")));
        }

        Assert.Equal(("keep", 0.11), (Text(compared, "recommendation", "verdict"), Number(compared, "accuracyDrop")));
        Assert.Equal(from, await _client.ActiveAsync());
        using (var forced = await _client.PostAsync($"/models/{tuned}/activate?force=true", null))
        {
            Assert.Equal(from, Text(await forced.ReadAsync(HttpStatusCode.OK), "previous"));
        }

        Assert.Equal(tuned, (await _client.PredictAsync()).Model);
        Assert.True((await CompareAsync(tuned)).GetProperty("canActivate").GetBoolean());
        foreach (var expected in new[] { from, ModelApi.Shipped })
        {
            using var back = await _client.PostAsync("/models/rollback", null);
            var answer = await back.ReadAsync(HttpStatusCode.OK);
            Assert.Equal((expected, true), (Text(answer, "id"), answer.GetProperty("isActive").GetBoolean()));
            Assert.Equal(expected, (await _client.PredictAsync()).Model);
        }
    }

    [Fact]
    public async Task TheModelToGoBackToIsToldAndDeletedOnesAreLeftOut()
    {
        using var other = new Host();
        var (first, second) = (await other.Client.ImportAsync(1), await other.Client.ImportAsync(2));
        using (var nothing = await other.Client.PostAsync("/models/rollback", null))
        {
            Assert.StartsWith("There is no model to go back to", await nothing.ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        (await other.Client.ActivateAsync(first)).Dispose();
        (await other.Client.ActivateAsync(second)).Dispose();
        using (var listed = await other.Client.GetAsync("/models"))
        {
            var models = (await listed.ReadAsync(HttpStatusCode.OK)).EnumerateArray().ToDictionary(model => Text(model, "id")!);
            Assert.Equal((first, null, null), (Text(models[second], "previous"), Text(models[first], "previous"), Text(models[ModelApi.Shipped], "previous")));
        }

        (await other.Client.DeleteAsync($"/models/{first}")).Dispose();
        using var back = await other.Client.PostAsync("/models/rollback", null);
        Assert.Equal(ModelApi.Shipped, Text(await back.ReadAsync(HttpStatusCode.OK), "id"));
    }

    [Fact]
    public async Task WhatCannotBeComparedIsToldInASentence()
    {
        (await _client.ActivateAsync(ModelApi.Shipped)).Dispose();
        var imported = await _client.ImportAsync();
        var orphan = Register(TellingModel.Five, "20200101-000000-vgg");
        Assert.Equal(ModelApi.Shipped, Text(await CompareAsync(imported), "with", "id"));
        Assert.Equal(ModelApi.Shipped, Text(await CompareAsync(orphan), "with", "id"));
        await RequireProblem($"{ModelApi.Shipped}/comparison", HttpStatusCode.Conflict, "There is no model that");
        await RequireProblem($"{imported}/comparison?with={imported}", HttpStatusCode.Conflict, "cannot be compared with itself");
        await RequireProblem($"{imported}/comparison?with=none", HttpStatusCode.NotFound, "There is no model none in models.");
        await RequireProblem($"{imported}/comparison?with=..", HttpStatusCode.BadRequest, "'..' is not an id");
        await RequireProblem("none/comparison", HttpStatusCode.NotFound, "There is no model none in models.");
        await RequireProblem($"{imported}/comparison?limit=0", HttpStatusCode.BadRequest, "limit is 0; accepted: 1 to 1,000.");
        await RequireProblem($"{imported}/comparison?limit=x", HttpStatusCode.BadRequest, "limit");
    }

    [Fact]
    public async Task WithoutAnEvaluationOrCorrectedPicturesTheRestIsComparedAllTheSame()
    {
        using var folder = new TemporaryFolder();
        using var without = Host.Start(folder, "--Feedback:Enabled", "false");
        var store = new FeedbackStore(without.Feedback);
        store.AddAll([.. Enumerable.Range(0, 40).Select(i => new NewFeedback(
            FeedbackApi.Stroke(i), new byte[DigitImages.Pixels], 5, FeedbackSource.Drawn, null))]);
        var bare = TellingModel.Register(without.Models, TellingModel.Five);
        using var answered = await without.Client.GetAsync($"/models/{bare}/comparison");
        var answer = await answered.ReadAsync(HttpStatusCode.OK);
        foreach (var field in new[] { "mnist", "feedback", "accuracyDrop", "refusal" })
        {
            Assert.Equal(JsonValueKind.Null, answer.GetProperty(field).ValueKind);
        }

        Assert.Equal(("undecided", true), (Text(answer, "recommendation", "verdict"), answer.GetProperty("canActivate").GetBoolean()));
    }

    [Fact]
    public async Task WithAKeyOnlyThoseSeeThePicturesWhoHaveIt()
    {
        using var folder = new TemporaryFolder();
        using var guarded = Host.Start(folder, "--Security:ApiKey", SecurityApp.Key);
        var model = TellingModel.Register(guarded.Models, TellingModel.Five);
        foreach (var (method, path) in new[] { (HttpMethod.Get, $"/models/{model}/comparison"), (HttpMethod.Post, "/models/rollback") })
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await guarded.Client.SendAsync(request);
            Assert.Contains("X-Api-Key", await answer.ProblemAsync(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }
    }

    private static string Id(int stroke) => FeedbackApi.IdOf(FeedbackApi.Stroke(stroke));

    private static (double, double) Changes(JsonElement answer, string of) =>
        (Number(answer.GetProperty(of), "nowRight"), Number(answer.GetProperty(of), "nowWrong"));

    private static JsonElement At(JsonElement element, string[] path) => path.Aggregate(element, (at, name) => at.GetProperty(name));

    private static string? Text(JsonElement element, params string[] path) => At(element, path).GetString();

    private static double Number(JsonElement element, params string[] path) => At(element, path).GetDouble();

    private string Register(IReadOnlyList<(int Class, float Logit)> answer, string? from, params int[] misread) => TellingModel.Register(
        host.Models,
        answer,
        info => info with
        {
            Options = new TrainingOptions { Network = "vgg", NonDigits = 0.5, Base = from, Feedback = from is not null },
        },
        MadeReport.Of(_images.Value, misread));

    /// <summary>Corrects so many strokes.</summary>
    /// <returns>The ids of those that no run of seed 1 learns from.</returns>
    private async Task<IReadOnlyList<string>> CorrectAsync(int count, int label)
    {
        for (var i = 0; i < count; i++)
        {
            using var answer = await _client.PostFeedbackAsync(FeedbackApi.Stroke(i), $"label={label}");
            await answer.ReadAsync(HttpStatusCode.Created);
        }

        return [.. Enumerable.Range(0, count).Select(Id).Where(id => FeedbackSplit.IsHeldOut(id, 1))];
    }

    private async Task<JsonElement> CompareAsync(string id, string query = "")
    {
        using var answer = await _client.GetAsync($"/models/{id}/comparison?{query}");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private async Task RequireProblem(string path, HttpStatusCode status, string sentence)
    {
        using var answer = await _client.GetAsync($"/models/{path}");
        Assert.Contains(sentence, await answer.ProblemAsync(status), StringComparison.Ordinal);
    }
}
