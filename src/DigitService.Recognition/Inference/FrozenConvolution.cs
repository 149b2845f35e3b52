using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace DigitService.Recognition.Inference;

/// <summary>A convolution as it answers, once its training is over.</summary>
internal static class FrozenConvolution
{
    /// <param name="convolution">What kind it is.</param>
    /// <param name="weight">Its weights, out×in×height×width.</param>
    /// <param name="bias">One number for each channel of the output, or none.</param>
    /// <param name="padding">Rows and columns of zeros on every side.</param>
    /// <param name="keep">Keeps a tensor for as long as the convolution is used, and gives it back.</param>
    internal static Func<Tensor, Tensor> Of(
        Conv2d convolution, Tensor weight, Tensor? bias, long[] padding, Func<Tensor, Tensor> keep)
    {
        var (stride, dilation, groups) = (convolution.stride, convolution.dilation, convolution.groups);
#if SYSTEM_LIBRARIES
        // The channels of the output lie side by side: our kernels make their sums side by side. libtorch's own would
        // have to undo it at every call.
        var ordered = keep(weight.permute(2, 3, 1, 0).contiguous().permute(3, 2, 0, 1));
        var isOfThreeByThree = groups == 1 && IsEach(stride, 1) && IsEach(dilation, 1) && IsEach(weight.shape[2..], 3);
        if (isOfThreeByThree && weight.shape[1] >= FewestInputs)
        {
            var weights = keep(winograd_weights(weight));
            return input => winograd_conv2d(input, weights, ordered, bias, padding);
        }
#else
        // A tensor of its own, which can be disposed of, over the same weights.
        var ordered = keep(weight.alias());
#endif
        return input => conv2d(input, ordered, bias, stride, padding, dilation, groups);
    }

#if SYSTEM_LIBRARIES
    // With fewer channels to add up, taking the pictures apart costs what it saves.
    private const int FewestInputs = 16;

    private static bool IsEach(long[] values, long value) => values.All(each => each == value);
#endif
}
