using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

/// <summary>Runs of three batches and a minute an epoch, which learn nothing.</summary>
internal static class TestRun
{
    internal static void Train(RunHandle run, ManualTime time, int firstEpoch, int lastEpoch)
    {
        for (var epoch = firstEpoch; epoch <= lastEpoch; epoch++)
        {
            Batches(run, (epoch * 3) - 2, epoch * 3);
            time.Advance(seconds: 60);
            run.AppendEpoch(Epoch(epoch, isBest: epoch == 1));
            run.SaveCheckpoint(path => File.WriteAllText(path, "checkpoint"));
        }
    }

    internal static void Batches(RunHandle run, int first, int last)
    {
        for (var step = first; step <= last; step++)
        {
            run.AppendBatch(RegistryWorker.Point(step));
        }
    }

    internal static EpochMetrics Epoch(int epoch, bool isBest) => new(epoch, 1.0 / 3 / epoch, 0.97, 0.1, 0.98, 1e-3, 60, isBest);
}
