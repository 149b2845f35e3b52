using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>
        /// Changes parameters by their gradients. It owns the tensors of its state, and none of the parameters;
        /// it is for one thread at a time.
        /// </summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>The groups in the order in which they were added.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

            private protected List<ParamGroup> Groups { get; } = [];

            // By object: a parameter's native handle changes when its module moves to another device.
            private protected Dictionary<Parameter, OptimizerState> States { get; } =
                new(ReferenceEqualityComparer.Instance);

            private protected bool IsDisposed { get; private set; }

            /// <summary>
            /// Adds a group, to unfreeze layers in the course of a training. Options that the group leaves open are
            /// those that the optimiser was made with; its initial learning rate becomes the present one.
            /// </summary>
            /// <exception cref="ArgumentException">The group is of another kind of optimiser.</exception>
            public virtual void add_param_group(ParamGroup param_group) =>
                throw new NotSupportedException($"{GetType().Name} takes no further parameter groups.");

            /// <summary>Every parameter, group by group.</summary>
            public virtual IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

            /// <summary>
            /// Changes every parameter that has a gradient; the others, and their state, stay as they are.
            /// </summary>
            /// <param name="closure">Evaluates the loss and its gradients, before the parameters change.</param>
            /// <returns>What <paramref name="closure"/> returned, or null without one.</returns>
            public virtual Tensor? step(Func<Tensor>? closure = null) =>
                throw new NotSupportedException($"{GetType().Name} has no step.");

            /// <summary>Fills the gradients with zeros, in place. A missing gradient stays missing.</summary>
            public virtual void zero_grad()
            {
                using var tensors = new TensorList([.. parameters()]);
                Native.Check(Native.lt_optimizer_zero_grad(tensors.Handles, tensors.Count));
            }

            /// <summary>Releases the state. The parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                IsDisposed = true;
                foreach (var state in States.Values)
                {
                    (state as IDisposable)?.Dispose();
                }

                States.Clear();
            }

            /// <summary>
            /// The options of the groups and the state of their parameters: the optimiser's own objects, not copies.
            /// </summary>
#pragma warning disable CA1711 // TorchSharp's name.
            public class StateDictionary
#pragma warning restore CA1711
            {
                internal StateDictionary()
                {
                }

                /// <summary>One for each group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>One for each parameter, group by group.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group, where the states of its parameters are in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }
    }
}
