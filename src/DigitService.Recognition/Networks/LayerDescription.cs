using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DigitService.Recognition.Networks;

/// <summary>What the catalogue says about single layers.</summary>
internal static class LayerDescription
{
    /// <summary>The layer's kind and what makes it, such as <c>Conv2d 1→24, 5×5, padding 2</c>.</summary>
    internal static string Of(nn.Module layer) => layer switch
    {
        Conv2d convolution => string.Concat(
            $"Conv2d {convolution.in_channels}→{convolution.out_channels}, {Size(convolution.kernel_size)}",
            Unless(1, "stride", convolution.stride),
            Unless(0, "padding", convolution.padding),
            Unless(1, "dilation", convolution.dilation),
            convolution.groups == 1 ? "" : $", {convolution.groups} groups",
            convolution.bias is null ? ", no bias" : ""),
        Linear linear =>
            $"Linear {linear.in_features}→{linear.out_features}{(linear.bias is null ? ", no bias" : "")}",
        NormBase norm => $"{norm.GetType().Name} {norm.num_features}",
        MaxPool2d pool => Pool("MaxPool2d", pool.kernel_size, pool.stride, pool.padding),
        AvgPool2d pool => Pool("AvgPool2d", pool.kernel_size, pool.stride, pool.padding),
        AdaptiveAvgPool2d pool => $"AdaptiveAvgPool2d to {Size(pool.output_size)}",
        SeededDropout dropout => $"Dropout {dropout.Probability.ToString(CultureInfo.InvariantCulture)}",
        _ => layer.GetType().Name,
    };

    /// <summary>
    /// Multiplications, each with an addition, for one picture: those of convolutions and fully connected layers,
    /// without the bias, as papers count them. Other layers count as 0: they are a few operations per element, and
    /// batch normalisation can be folded into the layer before it.
    /// </summary>
    internal static long MultiplyAdds(nn.Module layer, long[] outputShape) => layer switch
    {
        Conv2d convolution => Count(outputShape)
            * (convolution.in_channels / convolution.groups) * Count(convolution.kernel_size),
        Linear linear => Count(outputShape) * linear.in_features,
        _ => 0,
    };

    /// <summary>The sizes with × between them, such as <c>24×14×14</c>.</summary>
    internal static string Size(IEnumerable<long> sizes) => string.Join('×', sizes);

    private static string Pool(string kind, long[] kernel, long[]? stride, long[]? padding) => string.Concat(
        $"{kind} {Size(kernel)}",
        stride is null || stride.SequenceEqual(kernel) ? "" : Unless(1, "stride", stride),
        Unless(0, "padding", padding));

    private static string Unless(long usual, string what, long[]? sizes) =>
        sizes is null || sizes.All(size => size == usual) ? ""
        : sizes.All(size => size == sizes[0]) ? $", {what} {sizes[0]}"
        : $", {what} {Size(sizes)}";

    private static long Count(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
