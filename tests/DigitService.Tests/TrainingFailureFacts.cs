using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed class TrainingFailureFacts : IDisposable
{
    private static readonly object _small = new { network = "mlp", epochs = 1, trainSize = 1_000, validationSize = 100, replicas = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ADivergedRunSaysSoAndTheNextOneTrains()
    {
        using var host = Host.Start(_folder);
        var diverging = await host.TrainAsync(new { network = "mlp", optimizer = "sgd", learningRate = 10, weightDecay = 1, schedule = "none", epochs = 100, trainSize = 1_000, validationSize = 100 });
        var next = await host.TrainAsync(_small);
        var failed = await host.WaitForRunAsync(diverging, IsFailed);
        Assert.Contains("The loss is no longer a finite number in epoch", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(failed.GetProperty("canResume").GetBoolean());
        await host.WaitForRunAsync(next, "completed");
        Assert.Contains($"The run {diverging} failed", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLittleMemoryFailsARunAndNothingElse()
    {
        using var host = Host.Start(_folder);
        await host.WaitForRunAsync(await host.TrainAsync(_small), "completed");
        Limit(host.Process, "--as", host.Process.VirtualMemorySize64 + (512 << 20));
        var greedy = await host.TrainAsync(new { network = "resnet", batchSize = 10_000, epochs = 1 });
        var failed = await host.WaitForRunAsync(greedy, IsFailed);
        Assert.Equal(
            "There is not enough memory for batches of 10,000 images in 2 replicas of resnet. Try smaller batches.",
            failed.GetProperty("reason").GetString());
        await host.WaitForRunAsync(await host.TrainAsync(_small), "completed");
    }

    [Fact]
    public async Task AnUnreadableDatasetIsNamedWithoutThePathToIt()
    {
        Directory.CreateDirectory(_folder.File("data"));
        using var host = Host.Start(_folder, "--Training:Data", _folder.File("data"));
        var failed = await host.WaitForRunAsync(await host.TrainAsync(_small), IsFailed);
        var reason = failed.GetProperty("reason").GetString()!;
        Assert.Contains("train-images-idx3-ubyte.gz", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.File(""), reason, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Recognition.Data.MnistDataset.FindFolder()))
        {
            File.Copy(file, Path.Combine(_folder.File("data"), Path.GetFileName(file)));
        }

        await host.ChangeAsync(failed.GetProperty("id").GetString()!, "resume");
        await host.WaitForRunAsync(failed.GetProperty("id").GetString()!, "completed");
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenToRefusesRunsAndFailsTheOneThatTrains()
    {
        using var host = Host.Start(_folder);
        await using var client = await TrainingHubClient.ConnectAsync(host);
        var id = await host.TrainAsync(new { network = "mlp", epochs = 1_000, trainSize = 1_000, validationSize = 100 });
        await client.WaitForAsync("epoch", id);

        // Root may write into any folder, but into no file as if it were one.
        Directory.Move(host.Runs, _folder.File("elsewhere"));
        File.WriteAllText(host.Runs, "in the way");
        var failed = (await client.WaitForAsync("run", id, "failed")).Content.GetProperty("reason").GetString()!;
        Assert.NotEmpty(failed);
        var refused = await TrainingCalls.RefusedAsync(host.PostAsync("/train", _small), HttpStatusCode.InsufficientStorage);
        Assert.Contains("Could not create a run in runs; nothing was changed", refused, StringComparison.Ordinal);
        Assert.All([failed, refused], sentence => Assert.DoesNotContain(_folder.File(""), sentence, StringComparison.Ordinal));

        // With its folder back it is told as it ended, and goes on.
        File.Delete(host.Runs);
        Directory.Move(_folder.File("elsewhere"), host.Runs);
        var run = await host.RunAsync(id);
        Assert.Equal(("failed", failed, true), (run.GetProperty("status").GetString(), run.GetProperty("reason").GetString(), run.GetProperty("canResume").GetBoolean()));
        await host.ChangeAsync(id, "resume");
        await host.WaitForRunAsync(id, "running");
    }

    private static bool IsFailed(JsonElement run) => run.GetProperty("status").GetString() == "failed";

    private static void Limit(Process process, string what, long most)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{process.Id}", $"{what}={most}"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }
}
