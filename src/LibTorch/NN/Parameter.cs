namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module learns.</summary>
        public class Parameter : torch.Tensor
        {
            /// <summary>Takes over <paramref name="data"/>, which cannot be used any more, and its place in its scope.</summary>
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : this(data, data.with_requires_grad(requires_grad).MoveHandle())
            {
            }

            private Parameter(torch.Tensor data, TensorHandle handle) : base(handle, register: false) =>
                data.OwningDisposeScope?.Replace(data, this);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Parameter(Tensor, bool)"/>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}
