namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>x·Wᵀ + b. Weights and bias start uniform in ±1/√(inputs), as PyTorch's do.</summary>
        public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Linear(
                long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(Linear))
            {
                in_features = inputSize;
                out_features = outputSize;
                weight = new Parameter(torch.empty(outputSize, inputSize, dtype, device));
                torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
                if (hasBias)
                {
                    bias = new Parameter(torch.empty(outputSize, dtype, device));
                    var bound = 1 / Math.Sqrt(inputSize);
                    torch.nn.init.uniform_(bias, -bound, bound);
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

            public long in_features { get; set; }

            public long out_features { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) =>
                torch.nn.functional.linear(tensor, weight, bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Linear"/>
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}
