using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after another, under the names given or else their numbers from 0.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

            protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
                : base(nameof(Sequential))
            {
                foreach (var (name, module) in modules)
                {
                    register_module(name, module);
                    _steps.Add(module);
                }
            }

            protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
                : this([.. modules.Select((module, i) => (i.ToString(CultureInfo.InvariantCulture), module))])
            {
            }

            public int Count => _steps.Count;

            /// <summary>Runs the steps; what lies between the first input and the last output is disposed on the way.</summary>
            public override Tensor forward(Tensor tensor)
            {
                if (_steps.Count == 0)
                {
                    return tensor.alias();
                }

                var current = _steps[0].call(tensor);
                for (var i = 1; i < _steps.Count; i++)
                {
                    var before = current;
                    current = _steps[i].call(before);
                    if (!ReferenceEquals(before, current))
                    {
                        before.Dispose();
                    }
                }

                return current;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(
                params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
        }
    }
}
