using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to gradients between their computation and a step.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Shortens the gradient of all parameters together to <paramref name="max_norm"/> where it is longer
            /// (Pascanu, Mikolov and Bengio, 2013).
            /// </summary>
            /// <returns>How long it was, by the norm of the order <paramref name="norm_type"/>.</returns>
            public static double clip_grad_norm_(
                IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
                var length = double.IsPositiveInfinity(norm_type)
                    ? gradients.Max(gradient => Number(gradient.abs().max()))
                    : Math.Pow(gradients.Sum(gradient => Number(gradient.abs().pow(norm_type).sum())), 1 / norm_type);
                var factor = max_norm / (length + 1e-6);
                if (factor < 1)
                {
                    foreach (var gradient in gradients)
                    {
                        gradient.mul_(factor);
                    }
                }

                return length;

                static double Number(Tensor value) => value.to(ScalarType.Float64).item<double>();
            }
        }
    }
}
