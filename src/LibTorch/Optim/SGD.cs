using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent, with momentum if wanted (Sutskever et al. 2013, "On the importance of initialization
/// and momentum in deep learning"). Made by <see cref="torch.optim"/>.
/// </summary>
public class SGD : OptimizerHelper, IMomentum
{
    private readonly Options _defaults;

    /// <inheritdoc cref="SGD(IEnumerable{ParamGroup}, double, double, double, double, bool, bool)"/>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0,
        double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>An optimiser for groups of parameters, whose own options come before these.</summary>
    /// <param name="parameters">What to optimise.</param>
    /// <param name="lr">Learning rate, at least 0.</param>
    /// <param name="momentum">The share of the last update that is kept; at least 0.</param>
    /// <param name="dampening">The share of a gradient that the momentum leaves out.</param>
    /// <param name="weight_decay">This share of the parameter is added to its gradient; at least 0.</param>
    /// <param name="nesterov">Whether to look ahead along the momentum, which must not be dampened then.</param>
    /// <param name="maximize">Whether to climb.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0,
        double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        Ranges.AtLeastZero(lr);
        Ranges.AtLeastZero(momentum);
        Ranges.AtLeastZero(weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov's momentum needs a momentum above 0 and a dampening of 0.");
        }

        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    /// <summary>The momentum of groups yet to be added; each present group has its own.</summary>
    public double Momentum
    {
        get => _defaults.momentum!.Value;
        set => _defaults.momentum = value;
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var group = Require<ParamGroup>(param_group);
        var options = group.Options ??= new Options();
        options.LearningRate ??= _defaults.LearningRate;
        options.momentum ??= _defaults.momentum;
        options.dampening ??= _defaults.dampening;
        options.weight_decay ??= _defaults.weight_decay;
        options.nesterov ??= _defaults.nesterov;
        options.maximize ??= _defaults.maximize;
        Add(group, parameter => new State(parameter));
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        Parameter[] parameters = [.. group.Parameters];
        var states = Array.ConvertAll(parameters, parameter => (State)StateOf(parameter));
        using var tensors = new TensorList(parameters);
        if (group.Options.momentum == 0)
        {
            Step(group.Options, tensors, default, default);
            return;
        }

        var buffers = Array.ConvertAll(states, state => state.momentum_buffer);
        var fresh = AddBuffers(parameters, tensors, buffers);
        try
        {
            using var momenta = new TensorList(buffers);
            Step(group.Options, tensors, momenta.Handles, fresh);
        }
        catch
        {
            // A zero buffer that stayed would be taken for one that has seen a gradient.
            for (var i = 0; i < buffers.Length; i++)
            {
                if (fresh[i] != 0)
                {
                    buffers[i]?.Dispose();
                }
            }

            throw;
        }

        for (var i = 0; i < states.Length; i++)
        {
            states[i].momentum_buffer = buffers[i];
        }
    }

    private static void Step(Options options, TensorList parameters, ReadOnlySpan<IntPtr> buffers,
        ReadOnlySpan<byte> fresh) =>
        Native.Check(Native.lt_sgd_step(
            parameters.Handles,
            buffers,
            fresh,
            parameters.Count,
            options.LearningRate!.Value,
            options.momentum!.Value,
            options.dampening!.Value,
            options.weight_decay!.Value,
            options.nesterov!.Value ? 1 : 0,
            options.maximize!.Value ? 1 : 0));

    // A buffer is made with the first gradient: until then a parameter has none.
    private static byte[] AddBuffers(Parameter[] parameters, TensorList tensors, Tensor?[] buffers)
    {
        var fresh = new byte[buffers.Length];
        if (Array.TrueForAll(buffers, buffer => buffer is not null))
        {
            return fresh;
        }

        var present = new byte[buffers.Length];
        Native.Check(Native.lt_optimizer_gradients(tensors.Handles, tensors.Count, present));
        for (var i = 0; i < buffers.Length; i++)
        {
            if (buffers[i] is null && present[i] != 0)
            {
                buffers[i] = OptimizerState.Zeros(parameters[i]);
                fresh[i] = 1;
            }
        }

        return fresh;
    }

    /// <summary>The options of a group; see the constructor for ranges.</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            var options = Require<Options>(source);
            base.LoadStateDict(source);
            momentum = options.momentum;
            dampening = options.dampening;
            weight_decay = options.weight_decay;
            nesterov = options.nesterov;
            maximize = options.maximize;
        }
    }

    /// <summary>Parameters that are stepped with the same options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0,
            double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }

    /// <summary>The momentum of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The running sum of gradients, in the parameter's shape; null before the first gradient.</summary>
        public Tensor? momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var buffer = Require<State>(source).momentum_buffer;
            var copy = buffer is null ? null : Copy(buffer);
            momentum_buffer?.Dispose();
            momentum_buffer = copy;
        }

        public void Dispose() => momentum_buffer?.Dispose();
    }
}
