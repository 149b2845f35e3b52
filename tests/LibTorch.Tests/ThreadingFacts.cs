using static TorchSharp.torch;

namespace LibTorch.Tests;

public class ThreadingFacts
{
    [Fact]
    public void OneModuleServesManyThreadsAtOnce()
    {
        manual_seed(1);
        using var network = nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(676, 10));
        network.eval();
        using var input = randn(3, 1, 28, 28);
        using var expected = Run();
        var values = expected.data<float>().ToArray();
        var before = LiveTensors.Settled();

        var threads = Enumerable.Range(0, 8).Select(_ => new Worker(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var scope = NewDisposeScope();
                Assert.Equal(values, Run().data<float>().ToArray());
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Join());

        LiveTensors.AssertNoMoreThan(before);

        Tensor Run()
        {
            using var inference = inference_mode();
            return network.forward(input);
        }
    }

    [Fact]
    public void GradientRecordingIsSwitchedOffForOneThreadOnly()
    {
        using var noGrad = no_grad();
        Assert.False(is_grad_enabled());
        var elsewhere = false;
        new Worker(() => elsewhere = is_grad_enabled()).Join();
        Assert.True(elsewhere);
    }

    [Fact]
    public void RecordingIsOnAgainAfterTheMode()
    {
        using (no_grad())
        {
            using (enable_grad())
            {
                Assert.True(is_grad_enabled());
            }

            Assert.False(is_grad_enabled());
        }

        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void TheErrorOfOneThreadIsNotSeenByAnother()
    {
        var workers = Enumerable.Range(1, 4).Select(size => new Worker(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var scope = NewDisposeScope();
                var error = Assert.ThrowsAny<Exception>(() => ones(size, 7).matmul(ones(9, size)));
                Assert.Contains($"({size}x7 and 9x{size})", error.Message, StringComparison.Ordinal);
            }
        })).ToArray();
        Array.ForEach(workers, worker => worker.Join());
    }

    [Fact]
    public void CudaIsToldHonestly()
    {
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        if (!cuda.is_available())
        {
            using var tensor = ones(2);
            Assert.ThrowsAny<Exception>(() => tensor.to(CUDA));
        }
    }

    /// <summary>A thread whose failure is the test's.</summary>
    private sealed class Worker
    {
        private readonly Thread _thread;
        private Exception? _failure;

        internal Worker(Action work)
        {
            _thread = new Thread(() => _failure = Record.Exception(work));
            _thread.Start();
        }

        internal void Join()
        {
            _thread.Join();
            Assert.Null(_failure);
        }
    }
}
