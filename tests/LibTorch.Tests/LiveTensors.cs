using static TorchSharp.torch;

namespace LibTorch.Tests;

/// <summary>Counts the process's native tensors for facts about what is left behind.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are, after everything that earlier facts forgot is gone.</summary>
    internal static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }

    /// <summary>Fails if there are more than before: without a collection, which would hide what was not disposed.</summary>
    internal static void AssertNoMoreThan(long before) => Assert.InRange(Tensor.TotalCount, 0, before);
}
