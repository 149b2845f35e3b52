using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Training;

public class MemoryFacts
{
    private const long Allowed = 20 << 20;

    public MemoryFacts() => TorchRuntime.Configure();

    [Fact]
    public void AHundredThousandForwardPassesFromEightThreadsDoNotGrowTheProcess()
    {
        using var network = NetworkCatalog.Create("cnn", 0);
        using var image = torch.zeros(1, 1, 28, 28);
        network.eval();
        AssertNoGrowth(Passes, warmUp: 1_000, count: 12_500);

        void Passes(int each)
        {
            var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                using var inference = torch.inference_mode();
                for (var i = 0; i < each; i++)
                {
                    using var scope = torch.NewDisposeScope();
                    network.call(image);
                }
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        }
    }

    [Fact]
    public void TwentyThousandTrainingStepsDoNotGrowTheProcess()
    {
        var images = Mnist.First(8, 1).Train;
        using var replicas = new ReplicaGroup(() => NetworkCatalog.Create("mlp-bn", 0), 2);
        using var optimizer = torch.optim.Adam(replicas.Network.parameters());
        AssertNoGrowth(Steps, warmUp: 500, count: 20_000);

        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
            {
                replicas.Backward(images, default, (ulong)i);
                optimizer.step();
            }
        }
    }

    private static void AssertNoGrowth(Action<int> work, int warmUp, int count)
    {
        work(warmUp);
        var memory = Resident();
        var tensors = torch.Tensor.TotalCount;
        work(count);
        Assert.InRange(torch.Tensor.TotalCount, 0, tensors);
        Assert.InRange(Resident() - memory, long.MinValue, Allowed);
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
