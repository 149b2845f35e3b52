using DigitService.Recognition.Data;
using DigitService.Recognition.Runs;

namespace DigitService.Cli.Tests;

public class ResumeCommandFacts
{
    // With dropout, running statistics, a schedule and augmentation: all that a checkpoint could forget.
    private static readonly string[] _training =
    [
        "train", "--network", "convnet", "--epochs", "8", "--validation-size", "200", "--batch-size", "64",
        "--augmentation", "affine", "--schedule", "onecycle", "--seed", "3",
    ];

    private static readonly Lazy<byte[]> _uninterrupted = new(() =>
    {
        using var workplace = new Workplace(1_480, 100);
        workplace.Output(_training);
        return workplace.OnlyWeights();
    });

    [Fact]
    public void CtrlCKeepsACheckpointAndResumeEndsWithTheSameBits()
    {
        using var workplace = new Workplace(1_480, 100);
        using (var training = workplace.Start(_training))
        {
            training.WaitFor("\n    1 ");
            training.Interrupt();
            var (exitCode, output, errors) = training.Wait();
            Assert.Equal((130, ""), (exitCode, errors));
            Assert.Contains("Stopped after ", output, StringComparison.Ordinal);
            Assert.Contains($"digits resume {Assert.Single(workplace.Runs.List()).Id}", output, StringComparison.Ordinal);
        }

        Assert.Equal(RunStatus.Cancelled, workplace.Runs.List()[0].Record!.Status);
        Assert.Empty(workplace.Models.List());

        var resumed = workplace.Output("resume");
        Assert.Contains("\n    8 ", resumed, StringComparison.Ordinal);
        Assert.Equal(_uninterrupted.Value, workplace.OnlyWeights());

        var (again, _, reason) = workplace.Run("resume", "latest");
        Assert.Equal(1, again);
        Assert.Contains("is completed; there is nothing to go on with.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunKilledInEveryEpochEndsWithTheSameBits()
    {
        using var workplace = new Workplace(1_480, 100);
        var milliseconds = Shuffle.Order(count: 150, seed: 11, epoch: 1);
        for (var epoch = 1; epoch <= 7; epoch++)
        {
            TrainAndKill(workplace, epoch, milliseconds[epoch]);
            var run = Assert.Single(workplace.Runs.List()).Record!;
            Assert.Equal((RunStatus.Interrupted, true), (run.Status, run.Epochs.Count >= epoch));
        }

        // Once more when only the evaluation and the registration are left, which may be over before it.
        TrainAndKill(workplace, 8, milliseconds[0] / 4);
        if (workplace.Runs.List()[0].Record!.Status != RunStatus.Completed)
        {
            workplace.Output("resume");
        }

        Assert.Equal(_uninterrupted.Value, workplace.OnlyWeights());
        var completed = Assert.Single(workplace.Runs.List()).Record!;
        Assert.Equal((RunStatus.Completed, 8), (completed.Status, completed.Epochs.Count));
        Assert.Equal(8 * 20, workplace.Runs.ReadCurve(completed.Id).Count);
    }

    [Fact]
    public void WithNothingToGoOnWithThatIsSaid()
    {
        using var workplace = new Workplace(10, 10);
        Assert.Contains("There is no run in ", workplace.Run("resume").Errors, StringComparison.Ordinal);
        Assert.Contains("There is no run 2026 in ", workplace.Run("resume", "2026").Errors, StringComparison.Ordinal);
    }

    // The epoch's row is printed when its checkpoint is written: the next resumption goes on from there at least. On a
    // fast machine the delay may be longer than the next epoch or two, whose rows then are not waited for.
    private static void TrainAndKill(Workplace workplace, int epoch, int afterMilliseconds)
    {
        var done = workplace.Runs.List() is [var run, ..] ? run.Record!.Epochs.Count : 0;
        using var digits = epoch == 1 ? workplace.Start(_training) : workplace.Start("resume");
        digits.WaitFor(done < epoch ? $"\n    {epoch} " : "Epoch  Train loss");
        Thread.Sleep(afterMilliseconds);
        digits.Kill();
    }
}
