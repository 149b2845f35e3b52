using DigitService.Recognition.Networks;
using TorchSharp;
using TorchSharp.Modules;

namespace DigitService.Recognition.Export;

/// <summary>The operator of ONNX that computes what a layer does in evaluation mode.</summary>
/// <param name="Type">Its name in ONNX.</param>
/// <param name="Weights">The layer's parameters and buffers that it reads after the layer's inputs.</param>
/// <param name="Attributes">Its settings, each a <see cref="long"/>, <see cref="float"/> or <c>long[]</c>.</param>
internal sealed record OnnxOperator(
    string Type, IReadOnlyList<string> Weights, params (string Name, object Value)[] Attributes)
{
    /// <exception cref="NotSupportedException">The layer is of a kind that is not exported.</exception>
    internal static OnnxOperator Of(TracedLayer layer) => layer.Module switch
    {
        Conv2d { padding: { } padding, padding_mode: PaddingModes.Zeros } convolution => new(
            "Conv",
            Weight(convolution.bias),
            ("kernel_shape", convolution.kernel_size),
            ("strides", convolution.stride),
            ("pads", BothEnds(padding)),
            ("dilations", convolution.dilation),
            ("group", convolution.groups)),
        Linear linear when layer.Shape is [_] => new("Gemm", Weight(linear.bias), ("transB", 1L)),
        BatchNorm { affine: true, track_running_stats: true } norm => new(
            "BatchNormalization", ["weight", "bias", "running_mean", "running_var"], ("epsilon", (float)norm.eps)),
        MaxPool2d { ceil_mode: false } pool => new(
            "MaxPool",
            [],
            ("kernel_shape", pool.kernel_size),
            ("strides", pool.stride ?? pool.kernel_size),
            ("pads", BothEnds(pool.padding ?? [0, 0])),
            ("dilations", pool.dilation ?? [1, 1])),
        AvgPool2d { ceil_mode: false, divisor_override: null } pool => new(
            "AveragePool",
            [],
            ("kernel_shape", pool.kernel_size),
            ("strides", pool.stride ?? pool.kernel_size),
            ("pads", BothEnds(pool.padding ?? [0, 0])),
            ("count_include_pad", pool.count_include_pad ? 1L : 0L)),
        AdaptiveAvgPool2d when layer.Shape is [_, 1, 1] => new("GlobalAveragePool", []),
        Flatten { start_dim: 1, end_dim: -1 } => new("Flatten", [], ("axis", 1L)),
        ReLU => new("Relu", []),
        Sigmoid => new("Sigmoid", []),
        Tanh => new("Tanh", []),
        Add => new("Add", []),
        Multiply => new("Mul", []),
        _ => throw new NotSupportedException(
            $"The layer {layer.Path} ({LayerDescription.Of(layer.Module)}) cannot be exported to ONNX. Exported are "
            + "Conv2d padded by numbers of zeros, Linear, BatchNorm1d, BatchNorm2d, MaxPool2d, AvgPool2d, AdaptiveAvgPool2d to 1×1, Flatten from "
            + "the first dimension, ReLU, Sigmoid, Tanh, Add, Multiply, and a softmax at the end."),
    };

    /// <summary>Whether the layer gives back what it is given once training is over.</summary>
    internal static bool IsIdentity(TracedLayer layer) => layer.Module is SeededDropout or Dropout or Identity;

    /// <summary>Whether the layer makes probabilities, or their logarithms, of logits.</summary>
    internal static bool IsSoftmax(TracedLayer layer) =>
        layer is { Shape: [_], Module: Softmax { dim: 1 or -1 } or LogSoftmax { dim: 1 or -1 } };

    private static string[] Weight(Parameter? bias) => bias is null ? ["weight"] : ["weight", "bias"];

    // Padding before and after each dimension; PyTorch has one number for both.
    private static long[] BothEnds(long[] padding) => [.. padding, .. padding];
}
