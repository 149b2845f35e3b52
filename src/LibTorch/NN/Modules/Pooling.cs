using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The largest value under a window that moves over images (N×C×H×W).</summary>
        public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
        {
            internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
                : base(nameof(MaxPool2d))
            {
                this.kernel_size = kernel_size;
                this.stride = stride;
                this.padding = padding;
                this.dilation = dilation;
                this.ceil_mode = ceil_mode;
            }

            public long[] kernel_size { get; set; }

            public long[]? stride { get; set; }

            public long[]? padding { get; set; }

            public long[]? dilation { get; set; }

            public bool ceil_mode { get; set; }

            public override Tensor forward(Tensor input) =>
                nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);
        }

        /// <summary>The mean under a window that moves over images (N×C×H×W).</summary>
        public sealed class AvgPool2d : ParameterLessModule<Tensor, Tensor>
        {
            internal AvgPool2d(
                long[] kernel_size,
                long[]? stride,
                long[]? padding,
                bool ceil_mode,
                bool count_include_pad,
                long? divisor_override)
                : base(nameof(AvgPool2d))
            {
                this.kernel_size = kernel_size;
                this.stride = stride;
                this.padding = padding;
                this.ceil_mode = ceil_mode;
                this.count_include_pad = count_include_pad;
                this.divisor_override = divisor_override;
            }

            public long[] kernel_size { get; set; }

            public long[]? stride { get; set; }

            public long[]? padding { get; set; }

            public bool ceil_mode { get; set; }

            public bool count_include_pad { get; set; }

            public long? divisor_override { get; set; }

            public override Tensor forward(Tensor input) => nn.functional.avg_pool2d(
                input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
        }

        /// <summary>Mean pooling with windows that give an output of a fixed size.</summary>
        public sealed class AdaptiveAvgPool2d : ParameterLessModule<Tensor, Tensor>
        {
            internal AdaptiveAvgPool2d(long[] output_size) : base(nameof(AdaptiveAvgPool2d)) =>
                this.output_size = output_size;

            public long[] output_size { get; set; }

            public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, output_size);
        }

        /// <summary>Max pooling with windows that give an output of a fixed size.</summary>
        public sealed class AdaptiveMaxPool2d : ParameterLessModule<Tensor, Tensor>
        {
            internal AdaptiveMaxPool2d(long[] output_size) : base(nameof(AdaptiveMaxPool2d)) =>
                this.output_size = output_size;

            public long[] output_size { get; set; }

            public override Tensor forward(Tensor input) => nn.functional.adaptive_max_pool2d(input, output_size);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.MaxPool2d"/>
            public static Modules.MaxPool2d MaxPool2d(
                long kernel_size,
                long? stride = null,
                long? padding = null,
                long? dilation = null,
                bool ceil_mode = false) =>
                new(
                    [kernel_size, kernel_size],
                    functional.Pair(stride),
                    functional.Pair(padding),
                    functional.Pair(dilation),
                    ceil_mode);

            /// <inheritdoc cref="Modules.AvgPool2d"/>
            public static Modules.AvgPool2d AvgPool2d(
                long kernel_size,
                long? stride = null,
                long? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null) =>
                new(
                    [kernel_size, kernel_size],
                    functional.Pair(stride),
                    functional.Pair(padding),
                    ceil_mode,
                    count_include_pad,
                    divisor_override);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool2d"/>
            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) =>
                new([output_size, output_size]);

            /// <inheritdoc cref="Modules.AdaptiveMaxPool2d"/>
            public static Modules.AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new(output_size);
        }
    }
}
