namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers and losses as functions. Images are N×C×H×W.</summary>
        public static partial class functional
        {
            /// <summary>x·Wᵀ + b, with weights of out×in.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Tensor.Result(
                Native.lt_linear(input.handle, weights.handle, OrNone(bias), out var result), result);

            /// <summary>Cross-correlation with weights of out×(in/groups)×height×width.</summary>
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1) =>
                Tensor.Result(
                    Native.lt_conv2d(
                        input.handle,
                        weight.handle,
                        OrNone(bias),
                        Two(strides, 1),
                        Two(padding, 0),
                        Two(dilation, 1),
                        groups,
                        out var result),
                    result);

            /// <summary>Weights of out×in×3×3 as <see cref="winograd_conv2d"/> reads them. TorchSharp itself has no such thing.</summary>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">The weights are of another shape or type, or want gradients.</exception>
            internal static Tensor winograd_weights(Tensor weight) =>
                Tensor.Result(Native.lt_winograd_weights(weight.handle, out var result), result);

            /// <summary>
            /// What <see cref="conv2d"/> gives for a stride of 1, but for roundings, with a quarter to a third of the products (Lavin
            /// and Gray, "Fast algorithms for convolutional neural networks", 2016). TorchSharp itself has no such thing.
            /// </summary>
            /// <param name="input">N×in×H×W.</param>
            /// <param name="weights">What <see cref="winograd_weights"/> made of the weights.</param>
            /// <param name="weight">
            /// The weights, for everything else: pictures so small that fewer products are needed without, processors without the
            /// instructions, gradients. They had better lie in memory in the order height, width, in, out.
            /// </param>
            /// <param name="bias">One number for each channel of the output, or none.</param>
            /// <param name="padding">Rows and columns of zeros on every side.</param>
            internal static Tensor winograd_conv2d(Tensor input, Tensor weights, Tensor weight, Tensor? bias, long[] padding) =>
                Tensor.Result(
                    Native.lt_winograd_conv2d(
                        input.handle, weights.handle, weight.handle, OrNone(bias), Two(padding, 0), out var result),
                    result);

            /// <summary>Batch normalisation (Ioffe and Szegedy, 2015). The running statistics are updated in training.</summary>
            public static Tensor batch_norm(
                Tensor input,
                Tensor? running_mean,
                Tensor? running_var,
                Tensor? weight = null,
                Tensor? bias = null,
                bool training = false,
                double momentum = 0.1,
                double eps = 1e-05) =>
                Tensor.Result(
                    Native.lt_batch_norm(
                        input.handle,
                        OrNone(weight),
                        OrNone(bias),
                        OrNone(running_mean),
                        OrNone(running_var),
                        training ? 1 : 0,
                        momentum,
                        eps,
                        out var result),
                    result);

            /// <summary>Zeroes elements with probability <paramref name="p"/> and scales the others by 1/(1-p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.Result(
                    Native.lt_dropout(input.handle, p, training ? 1 : 0, inplace ? 1 : 0, out var result), result);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor max_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long? padding = null,
                long? dilation = null,
                bool ceil_mode = false) =>
                max_pool2d(
                    input,
                    [kernel_size, kernel_size],
                    Pair(stride),
                    Pair(padding),
                    Pair(dilation),
                    ceil_mode);

            public static Tensor max_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false)
            {
                var kernel = Two(kernel_size, 1);
                return Tensor.Result(
                    Native.lt_max_pool2d(
                        input.handle,
                        kernel,
                        strides is null ? kernel : Two(strides, 1),
                        Two(padding, 0),
                        Two(dilation, 1),
                        ceil_mode ? 1 : 0,
                        out var result),
                    result);
            }

            public static unsafe Tensor avg_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? stride = null,
                long[]? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null)
            {
                var kernel = Two(kernel_size, 1);
                var divisor = divisor_override.GetValueOrDefault();
                return Tensor.Result(
                    Native.lt_avg_pool2d(
                        input.handle,
                        kernel,
                        stride is null ? kernel : Two(stride, 1),
                        Two(padding, 0),
                        ceil_mode ? 1 : 0,
                        count_include_pad ? 1 : 0,
                        divisor_override is null ? null : &divisor,
                        out var result),
                    result);
            }

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Tensor.Result(
                Native.lt_adaptive_avg_pool2d(input.handle, Two(output_size, 1), out var result), result);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);

            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size) => Tensor.Result(
                Native.lt_adaptive_max_pool2d(input.handle, Two(output_size, 1), out var result), result);

            /// <summary>
            /// Cross-entropy of logits (N×classes) with class numbers (N, int64) or class probabilities (N×classes).
            /// </summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Tensor.Result(
                    Native.lt_cross_entropy(
                        input.handle,
                        target.handle,
                        OrNone(weight),
                        ignore_index,
                        (long)reduction,
                        label_smoothing,
                        out var result),
                    result);

            /// <summary>Negative log likelihood of log-probabilities (N×classes) with class numbers (N, int64).</summary>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(
                    Native.lt_nll_loss(input.handle, target.handle, OrNone(weight), (long)reduction, out var result),
                    result);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(
                    Native.lt_mse_loss(input.handle, target.handle, (long)reduction, out var result), result);

            /// <summary>Sampling positions (N×H×W×2) for affine maps (N×2×3): see spatial transformers, Jaderberg 2015.</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
            {
                ArgumentNullException.ThrowIfNull(size);
                return Tensor.Result(
                    Native.lt_affine_grid(theta.handle, size, size.Length, align_corners ? 1 : 0, out var result),
                    result);
            }

            /// <summary>Reads images (N×C×H×W) at positions (N×H'×W'×2), where -1 and 1 are the edges.</summary>
            public static Tensor grid_sample(
                Tensor input,
                Tensor grid,
                GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros,
                bool? align_corners = null)
            {
                // libtorch counts these otherwise than TorchSharp.
                var interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                var padding = padding_mode switch
                {
                    GridSamplePaddingMode.Border => 1,
                    GridSamplePaddingMode.Reflection => 2,
                    _ => 0,
                };
                return Tensor.Result(
                    Native.lt_grid_sample(
                        input.handle, grid.handle, interpolation, padding, align_corners == true ? 1 : 0, out var result),
                    result);
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                Tensor.Result(Native.lt_one_hot(x.handle, num_classes, out var result), result);

            internal static long[]? Pair(long? value) => value is { } both ? [both, both] : null;

            private static TensorHandle OrNone(Tensor? tensor) => tensor?.handle ?? TensorHandle.None;

            // Native code reads two numbers, whatever the caller gave.
            private static long[] Two(long[]? values, long otherwise) => values switch
            {
                null => [otherwise, otherwise],
                [var both] => [both, both],
                [_, _] => values,
                _ => throw new ArgumentException($"One or two numbers are expected, not {values.Length}."),
            };
        }
    }
}
