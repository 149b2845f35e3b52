using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>What is recorded for a backward pass, and when, is what PyTorch's documentation says.</summary>
public class GradientModeFacts
{
    [Fact]
    public void NothingIsRecordedWithoutGradients()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, 3, requires_grad: true);
        Assert.True((x * 2).requires_grad);
        using (no_grad())
        {
            var y = x * 2;
            Assert.False(y.requires_grad);
            Assert.True(y.is_leaf);
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void AResultIsNoLeafAndADetachedOneIs()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x.exp();
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.True(y.detach().is_leaf);
        Assert.False(y.detach().requires_grad);
    }

    [Fact]
    public void WhatInferenceModeMakesTakesNoPartInAGraph()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, 3, requires_grad: true);
        Tensor made;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False(is_grad_enabled());
            made = x * 2;
            Assert.False(made.requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.ThrowsAny<Exception>(() => made.mul(x));
    }

    [Fact]
    public void InferenceModeCanBeSwitchedOffWithinItself()
    {
        using var scope = NewDisposeScope();
        using var outer = inference_mode();
        using (inference_mode(false))
        {
            Assert.False(is_inference_mode_enabled());
            Assert.True((ones(2, requires_grad: true) * 2).requires_grad);
        }

        Assert.True(is_inference_mode_enabled());
    }

    [Fact]
    public void AGraphIsGoneAfterItsBackwardPass()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x.exp().sum();
        y.backward();
        Assert.ThrowsAny<Exception>(() => y.backward());
    }

    [Fact]
    public void OnlyARealTensorTakesAGradient()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => ones(2, int64).requires_grad_());
    }

    [Fact]
    public void AGradientThatNothingDependsOnIsRefusedOrNull()
    {
        using var scope = NewDisposeScope();
        var (x, unused) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        Assert.ThrowsAny<Exception>(() => autograd.grad([x.sum()], [x, unused]));
        var gradients = autograd.grad([x.sum()], [x, unused], allow_unused: true);
        Assert.NotNull(gradients[0]);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void CreatorsMarkTheirTensorsForGradients()
    {
        using var scope = NewDisposeScope();
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        Assert.True(tensor(new[] { 1.0, 2.0 }, float32, requires_grad: true).is_leaf);
        Assert.True(rand([2], requires_grad: true).requires_grad);
        Assert.False(tensor(new[] { 1.0, 2.0 }).requires_grad);
    }
}
