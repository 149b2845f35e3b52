using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The optimisers. Their options are told at their constructors.</summary>
    public static partial class optim
    {
        /// <summary>Stochastic gradient descent, with momentum if wanted: see <see cref="Modules.SGD"/>.</summary>
        public static Modules.SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0,
            double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Stochastic gradient descent, with momentum if wanted: see <see cref="Modules.SGD"/>.</summary>
        public static Modules.SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate,
            double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
            bool maximize = false) =>
            new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov,
                maximize);

        /// <summary>Stochastic gradient descent, with momentum if wanted: see <see cref="Modules.SGD"/>.</summary>
        public static Modules.SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0,
            double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Adam: see <see cref="Modules.Adam"/>.</summary>
        public static Modules.Adam Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam: see <see cref="Modules.Adam"/>.</summary>
        public static Modules.Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001,
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam: see <see cref="Modules.Adam"/>.</summary>
        public static Modules.Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam with decoupled weight decay: see <see cref="Modules.AdamW"/>.</summary>
        public static Modules.AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam with decoupled weight decay: see <see cref="Modules.AdamW"/>.</summary>
        public static Modules.AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001,
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam with decoupled weight decay: see <see cref="Modules.AdamW"/>.</summary>
        public static Modules.AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001,
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
    }
}
