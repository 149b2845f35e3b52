using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LibTorch.Tests;

public class TensorLifetimeFacts
{
    [Fact]
    public void UseAfterDisposeSaysSo()
    {
        var tensor = ones(2);
        tensor.Dispose();
        Assert.True(tensor.IsInvalid);

        // TorchSharp throws InvalidOperationException, from which ours derives.
        Assert.ThrowsAny<InvalidOperationException>(() => tensor.add(1));
        Assert.ThrowsAny<InvalidOperationException>(() => tensor.Handle);
        using var other = ones(2);
        Assert.ThrowsAny<InvalidOperationException>(() => other.add(tensor));
        Assert.ThrowsAny<InvalidOperationException>(() => cat([other, tensor]));
    }

    [Fact]
    public void DisposingTwiceIsHarmless()
    {
        var before = LiveTensors.Settled();
        var tensor = ones(2);
        tensor.Dispose();
        tensor.Dispose();
        LiveTensors.AssertNoMoreThan(before);
    }

    [Fact]
    public void NativeErrorsCarryLibTorchsText()
    {
        using var left = ones(2, 3);
        using var right = ones(4, 5);
        var error = Assert.Throws<ExternalException>(() => left.matmul(right));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingLeaksWhenAnOperatorThrows()
    {
        var before = LiveTensors.Settled();
        for (var i = 0; i < 100; i++)
        {
            using var scope = NewDisposeScope();
            Assert.Throws<ExternalException>(() => ones(2, 3).add(ones(4)).mul(2));
        }

        LiveTensors.AssertNoMoreThan(before);
    }

    [Fact]
    public void AViewKeepsTheMemoryOfADisposedTensorAlive()
    {
        Tensor view;
        using (var whole = arange(6, float32))
        {
            view = whole.narrow(0, 2, 3);
        }

        Assert.Equal([2f, 3f, 4f], view.data<float>().ToArray());
        view.Dispose();
    }

    [Fact]
    public void AForgottenTensorIsFreedByItsFinaliser()
    {
        var before = LiveTensors.Settled();
        Forget();
        Assert.InRange(LiveTensors.Settled(), 0, before);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget() => ones(3).add(1);
    }

    [Fact]
    public void GradientsOutliveTheParameterObjectThatTheyWereReadFrom()
    {
        Tensor gradient;
        using (var weight = ones([2], requires_grad: true))
        {
            using var loss = weight.mul(3).sum();
            loss.backward();
            gradient = weight.grad!;
        }

        Assert.Equal([3f, 3f], gradient.data<float>().ToArray());
        gradient.Dispose();
    }

    [Fact]
    public void TrainingInScopesLeavesNoTensorBehind()
    {
        using var layer = nn.Linear(8, 4);
        Step(layer);
        layer.zero_grad();
        var before = LiveTensors.Settled();
        for (var i = 0; i < 200; i++)
        {
            Step(layer);
        }

        layer.zero_grad();
        LiveTensors.AssertNoMoreThan(before);

        static void Step(TorchSharp.Modules.Linear layer)
        {
            using var scope = NewDisposeScope();
            layer.zero_grad();
            nn.functional.mse_loss(layer.forward(randn(16, 8)), zeros(16, 4)).backward();
        }
    }

    [Fact]
    public void ATensorOfWrongSizeIsRefusedBeforeNativeCodeSeesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));
        Assert.NotNull(error.Message);
    }

    [Fact]
    public void DataOfAnotherTypeIsRefused()
    {
        using var numbers = ones(3);
        Assert.Throws<ArgumentException>(() => numbers.data<long>());
        Assert.Throws<ArgumentException>(() => numbers.item<float>());
    }
}
