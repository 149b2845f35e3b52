using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace LibTorch.Tests;

/// <summary>
/// The layers that are computed here and not by libtorch, beside libtorch's in float64, with the best instructions that
/// the processor has. With lesser ones see those who inherit these facts.
/// </summary>
public class InferenceFacts
{
    // Roundings of float32, relative to the largest number.
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData(1, 24, 5, 1, 2, 28, 28)]
    [InlineData(24, 48, 3, 1, 1, 14, 14)]
    [InlineData(48, 64, 3, 1, 0, 7, 7)]
    [InlineData(10, 20, 3, 1, 0, 12, 9)]
    [InlineData(48, 96, 3, 2, 1, 7, 7)]
    [InlineData(24, 6, 1, 1, 0, 1, 1)]
    [InlineData(3, 1, 2, 3, 4, 5, 31)]
    [InlineData(5, 85, 4, 1, 3, 17, 6)]
    public void ConvolutionsWithWeightsInReadingOrderAreLibTorchs(
        long input, long output, long kernel, long stride, long padding, long height, long width)
    {
        foreach (var batch in new[] { 1, 3 })
        {
            using var scope = NewDisposeScope();
            var (images, weight, bias) = (Random(batch, input, height, width), Random(output, input, kernel, kernel), Random(output));
            var ordered = InReadingOrder(weight);
            foreach (var added in new[] { bias, null })
            {
                AssertClose(
                    conv2d(Exact(images), Exact(weight), added is null ? null : Exact(added), [stride, stride], [padding, padding]),
                    conv2d(images, ordered, added, [stride, stride], [padding, padding]));
            }
        }
    }

    [Theory]
    [InlineData(192, 192, 7, 7, 1, 1)]
    [InlineData(32, 64, 14, 14, 1, 1)]
    [InlineData(10, 20, 12, 9, 0, 2)]
    [InlineData(17, 3, 31, 5, 2, 0)]
    [InlineData(5, 40, 8, 8, 1, 1)]
    [InlineData(3, 85, 8, 8, 1, 1)]
    [InlineData(1, 1, 3, 3, 1, 1)]
    [InlineData(2, 8, 1, 1, 3, 3)]
    public void ConvolutionsByWinogradsWayAreLibTorchs(
        long input, long output, long height, long width, long vertical, long horizontal)
    {
        foreach (var batch in new[] { 1, 3 })
        {
            using var scope = NewDisposeScope();
            var (images, weight, bias) = (Random(batch, input, height, width), Random(output, input, 3, 3), Random(output));
            var weights = winograd_weights(weight);

            // With these nobody gets the right result who does not go that way.
            var others = HasKernels ? weight.mul(float.NaN) : weight;
            foreach (var added in new[] { bias, null })
            {
                AssertClose(
                    conv2d(Exact(images), Exact(weight), added is null ? null : Exact(added), padding: [vertical, horizontal]),
                    winograd_conv2d(images, weights, others, added, [vertical, horizontal]),
                    2 * Tolerance);
            }
        }
    }

    [Fact]
    public void WinogradsWayIsLeftWhereItIsLonger()
    {
        using var scope = NewDisposeScope();
        var (images, weight) = (Random(1, 5, 3, 4), Random(6, 5, 3, 3));
        AssertClose(
            conv2d(Exact(images), Exact(weight)),
            winograd_conv2d(images, winograd_weights(weight).fill_(float.NaN), InReadingOrder(weight), null, [0, 0]));
    }

    [Fact]
    public void WinogradsWayIsForThreeByThree()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<ExternalException>(() => winograd_weights(Random(4, 3, 5, 5)));
        Assert.Contains("N×C×3×3 in float32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WinogradsWayNeedsWeightsThatWereMadeOfItsOwn()
    {
        using var scope = NewDisposeScope();
        var (images, weight, weights) = (Random(1, 4, 8, 8), Random(6, 4, 3, 3), winograd_weights(Random(20, 4, 3, 3)));
        if (HasKernels)
        {
            var error = Assert.ThrowsAny<ExternalException>(() => winograd_conv2d(images, weights, weight, null, [1, 1]));
            Assert.Contains("were not made of those of [6, 4, 3, 3]", error.Message, StringComparison.Ordinal);
        }
        else
        {
            AssertClose(conv2d(Exact(images), Exact(weight)), winograd_conv2d(images, weights, weight, null, [0, 0]));
        }
    }

    [Theory]
    [InlineData(2000, 500)]
    [InlineData(84, 10)]
    [InlineData(17, 3)]
    [InlineData(1, 1)]
    public void FullyConnectedLayersAreLibTorchs(long inputs, long outputs)
    {
        foreach (var rows in new[] { 1, 2, 3, 4, 7, 64, 65 })
        {
            using var scope = NewDisposeScope();
            var (values, weight, bias) = (Random(rows, inputs), Random(outputs, inputs), Random(outputs));
            AssertClose(linear(Exact(values), Exact(weight), Exact(bias)), linear(values, weight, bias));
            AssertClose(linear(Exact(values), Exact(weight)), linear(values, weight));
        }
    }

    [Theory]
    [InlineData(24, 28, 2, 2)]
    [InlineData(3, 9, 3, 1)]
    [InlineData(10, 7, 2, 3)]
    public void PoolingOfChannelsLastIsLibTorchs(long channels, long side, long kernel, long stride)
    {
        using var scope = NewDisposeScope();
        var images = ChannelsLast(2, channels, side);
        Assert.Equal(
            max_pool2d(Exact(images), kernel, stride).to(float32).contiguous().data<float>().ToArray(),
            max_pool2d(images, kernel, stride).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void PoolingKeepsWhatIsNotANumber()
    {
        using var scope = NewDisposeScope();
        var images = ChannelsLast(1, 9, 4);
        images[0, 0, 0, 0].fill_(float.NaN);
        images[0, 8, 3, 2].fill_(float.NaN);
        var pooled = max_pool2d(images, 2).contiguous().data<float>().ToArray();
        Assert.Equal([0, 35], pooled.Index().Where(value => float.IsNaN(value.Item)).Select(value => value.Index));
    }

    [Fact]
    public void GradientsAreRecordedWhereTheyAreWanted()
    {
        using var scope = NewDisposeScope();
        var (images, weight) = (Random(2, 3, 5, 5), InReadingOrder(Random(4, 3, 3, 3)).requires_grad_());
        var last = Random(2, 4).requires_grad_();
        linear(max_pool2d(conv2d(images, weight), 3).flatten(1), last).sum().backward();
        Assert.NotNull(weight.grad);
        Assert.NotNull(last.grad);
        Assert.NotEqual(0, weight.grad.abs().sum().item<float>());
    }

    // The kernels give a single picture's channels side by side; libtorch gives them one after another.
    private static bool HasKernels
    {
        get
        {
            using var scope = NewDisposeScope();
            return !conv2d(Random(1, 10, 12, 12), InReadingOrder(Random(20, 10, 3, 3))).is_contiguous();
        }
    }

    private static Tensor Random(params long[] shape) => randn(shape, generator: new Generator(3));

    private static Tensor Exact(Tensor tensor) => tensor.to(float64);

    private static Tensor InReadingOrder(Tensor weight) => weight.permute(2, 3, 1, 0).contiguous().permute(3, 2, 0, 1);

    private static Tensor ChannelsLast(long count, long channels, long side) =>
        Random(count, side, side, channels).permute(0, 3, 1, 2);

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange(expected.sub(actual.to(float64)).abs().max().item<double>() / expected.abs().max().item<double>(), 0, tolerance);
    }
}
