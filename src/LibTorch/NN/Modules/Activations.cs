using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>max(0, x).</summary>
        public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
        {
            internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
        }

        /// <summary>1/(1+e⁻ˣ).</summary>
        public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
        {
            internal Sigmoid() : base(nameof(Sigmoid))
            {
            }

            public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor);
        }

        /// <summary>The hyperbolic tangent.</summary>
        public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
        {
            internal Tanh() : base(nameof(Tanh))
            {
            }

            public override Tensor forward(Tensor tensor) => nn.functional.tanh(tensor);
        }

        /// <summary>Exponentials that sum to one along a dimension.</summary>
        public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
        {
            internal Softmax(long dim) : base(nameof(Softmax)) => this.dim = dim;

            public long dim { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.softmax(tensor, dim);
        }

        /// <summary>The logarithm of <see cref="Softmax"/>, computed stably.</summary>
        public sealed class LogSoftmax : ParameterLessModule<Tensor, Tensor>
        {
            internal LogSoftmax(long dim) : base(nameof(LogSoftmax)) => this.dim = dim;

            public long dim { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.log_softmax(tensor, dim);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.ReLU"/>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);

            /// <inheritdoc cref="Modules.Sigmoid"/>
            public static Modules.Sigmoid Sigmoid() => new();

            /// <inheritdoc cref="Modules.Tanh"/>
            public static Modules.Tanh Tanh() => new();

            /// <inheritdoc cref="Modules.Softmax"/>
            public static Modules.Softmax Softmax(long dim) => new(dim);

            /// <inheritdoc cref="Modules.LogSoftmax"/>
            public static Modules.LogSoftmax LogSoftmax(long dim) => new(dim);
        }
    }
}
