using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>What convolutions have in common: their weights, which start as <see cref="Linear"/>'s do.</summary>
        public abstract class Convolution : nn.Module<Tensor, Tensor>
        {
            private protected Convolution(
                string name,
                (long In, long Out) channels,
                long[] kernel_size,
                long[] stride,
                long[] padding,
                long[] dilation,
                long groups,
                bool bias,
                Device? device,
                ScalarType? dtype)
                : base(name)
            {
                in_channels = channels.In;
                out_channels = channels.Out;
                this.kernel_size = kernel_size;
                this.stride = stride;
                this.padding = padding;
                this.dilation = dilation;
                this.groups = groups;
                weight = new Parameter(empty([channels.Out, channels.In / groups, .. kernel_size], dtype, device));
                nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
                if (bias)
                {
                    this.bias = new Parameter(empty(channels.Out, dtype, device));
                    var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
                    nn.init.uniform_(this.bias, -bound, bound);
                }
            }

            public Parameter weight
            {
                get;
                set
                {
                    Own(nameof(weight), value);
                    field = value;
                }
            }

            public Parameter? bias
            {
                get;
                set
                {
                    Own(nameof(bias), value);
                    field = value;
                }
            }

            public long in_channels { get; }

            public long out_channels { get; }

            public long[] kernel_size { get; set; }

            public long[] stride { get; set; }

            public long[] padding { get; }

            public PaddingModes padding_mode
            {
                get;
                set => field = value == PaddingModes.Zeros
                    ? value
                    : throw new NotSupportedException($"Convolution pads with zeros here, not with {value}.");
            } = PaddingModes.Zeros;

            public long[] dilation { get; set; }

            public long groups { get; set; }
        }

        /// <summary>Cross-correlation of images (N×C×H×W).</summary>
        public sealed class Conv2d : Convolution
        {
            internal Conv2d(
                (long In, long Out) channels,
                long[] kernel_size,
                long[] stride,
                long[] padding,
                long[] dilation,
                long groups,
                bool bias,
                Device? device,
                ScalarType? dtype)
                : base(nameof(Conv2d), channels, kernel_size, stride, padding, dilation, groups, bias, device, dtype)
            {
            }

            public override Tensor forward(Tensor input) =>
                nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Conv2d"/>
            public static Modules.Conv2d Conv2d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                return new(
                    (in_channels, out_channels),
                    [kernel_size, kernel_size],
                    [stride, stride],
                    [padding, padding],
                    [dilation, dilation],
                    groups,
                    bias,
                    device,
                    dtype)
                {
                    padding_mode = padding_mode,
                };
            }
        }
    }
}
