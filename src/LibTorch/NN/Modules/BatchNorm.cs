using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>What normalisations have in common: scale, shift and running statistics.</summary>
        public abstract class NormBase : nn.Module<Tensor, Tensor>
        {
            public NormBase(
                long num_features,
                double eps,
                double? momentum,
                bool affine,
                bool track_running_stats,
                Device? device,
                ScalarType? dtype,
                string name)
                : base(name)
            {
                this.num_features = num_features;
                this.eps = eps;
                this.momentum = momentum;
                this.affine = affine;
                this.track_running_stats = track_running_stats;
                if (affine)
                {
                    weight = new Parameter(ones(num_features, dtype, device));
                    bias = new Parameter(zeros(num_features, dtype, device));
                }

                if (track_running_stats)
                {
                    running_mean = zeros(num_features, dtype, device);
                    running_var = ones(num_features, dtype, device);
                    num_batches_tracked = tensor(0L, device: device);
                }
            }

            public Parameter? weight
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

            public Tensor? running_mean
            {
                get;
                set
                {
                    Own(nameof(running_mean), value);
                    field = value;
                }
            }

            public Tensor? running_var
            {
                get;
                set
                {
                    Own(nameof(running_var), value);
                    field = value;
                }
            }

            public Tensor? num_batches_tracked
            {
                get;
                set
                {
                    Own(nameof(num_batches_tracked), value);
                    field = value;
                }
            }

            public long num_features { get; }

            public double eps { get; set; }

            public double? momentum { get; set; }

            public bool affine { get; }

            public bool track_running_stats { get; }

            protected abstract void ValidateInputDimensions(Tensor input);
        }

        /// <summary>Batch normalisation (Ioffe and Szegedy, 2015).</summary>
        public abstract class BatchNorm : NormBase
        {
            public BatchNorm(
                long num_features,
                double eps,
                double momentum,
                bool affine,
                bool track_running_stats,
                Device? device,
                ScalarType? dtype,
                string name)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
            {
            }

            public override Tensor forward(Tensor input)
            {
                ValidateInputDimensions(input);
                if (training && num_batches_tracked is not null)
                {
                    using var noGrad = no_grad();
                    num_batches_tracked.add_(1);
                }

                return nn.functional.batch_norm(
                    input,
                    running_mean,
                    running_var,
                    weight,
                    bias,
                    training || running_mean is null,
                    momentum.GetValueOrDefault(),
                    eps);
            }
        }

        /// <summary>Batch normalisation of vectors (N×C) or sequences (N×C×L).</summary>
        public sealed class BatchNorm1d : BatchNorm
        {
            internal BatchNorm1d(
                long num_features,
                double eps,
                double momentum,
                bool affine,
                bool track_running_stats,
                Device? device,
                ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
            {
            }

            protected override void ValidateInputDimensions(Tensor input)
            {
                if (input.ndim is not (2 or 3))
                {
                    throw new ArgumentException($"BatchNorm1d takes 2 or 3 dimensions, not {input.ndim}.");
                }
            }
        }

        /// <summary>Batch normalisation of images (N×C×H×W).</summary>
        public sealed class BatchNorm2d : BatchNorm
        {
            internal BatchNorm2d(
                long num_features,
                double eps,
                double momentum,
                bool affine,
                bool track_running_stats,
                Device? device,
                ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
            {
            }

            protected override void ValidateInputDimensions(Tensor input)
            {
                if (input.ndim != 4)
                {
                    throw new ArgumentException($"BatchNorm2d takes 4 dimensions, not {input.ndim}.");
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.BatchNorm1d"/>
            public static Modules.BatchNorm1d BatchNorm1d(
                long num_features,
                double eps = 1e-05,
                double momentum = 0.1,
                bool affine = true,
                bool track_running_stats = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            /// <inheritdoc cref="Modules.BatchNorm2d"/>
            public static Modules.BatchNorm2d BatchNorm2d(
                long num_features,
                double eps = 1e-05,
                double momentum = 0.1,
                bool affine = true,
                bool track_running_stats = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
