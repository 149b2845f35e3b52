using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests;

public class ClippingFacts
{
    [Theory]
    [InlineData(2, 13)]
    [InlineData(1, 19)]
    [InlineData(double.PositiveInfinity, 12)]
    public void ALongGradientIsShortenedToTheNormAsked(double order, double length)
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        Assert.Equal(length, nn.utils.clip_grad_norm_(parameters, 2, order), 1e-5);
        Assert.Equal(2, nn.utils.clip_grad_norm_(parameters, 1e9, order), 1e-5);
        Assert.Equal([-3 * 2 / length, 4 * 2 / length], parameters[0].grad!.data<float>().Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void AShortGradientStaysAsItIs()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        nn.utils.clip_grad_norm_(parameters, 13.1);
        Assert.Equal([-3f, 4f], parameters[0].grad!.data<float>().ToArray());
        Assert.Equal([12f], parameters[1].grad!.data<float>().ToArray());
    }

    [Fact]
    public void AParameterWithoutAGradientDoesNotCount()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. WithGradients(), new Parameter(ones(3))];
        Assert.Equal(13, nn.utils.clip_grad_norm_(parameters, 20), 1e-5);
        Assert.Null(parameters[2].grad);
    }

    // Gradients of (-3, 4) and (12): together 13 long.
    private static Parameter[] WithGradients()
    {
        Parameter[] parameters = [new(zeros(2)), new(zeros(1))];
        var loss = parameters[0].mul(tensor(new[] { -3f, 4f })).sum() + parameters[1].mul(12).sum();
        loss.backward();
        return parameters;
    }
}
