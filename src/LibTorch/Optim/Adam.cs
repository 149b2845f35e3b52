using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Steps of about the same length for every element, whatever the size of its gradient (Kingma and Ba 2014, "Adam: A
/// Method for Stochastic Optimization"). Made by <see cref="torch.optim"/>.
/// </summary>
public class Adam : OptimizerHelper, IBetas
{
    private readonly Options _defaults;

    /// <inheritdoc cref="Adam(IEnumerable{ParamGroup}, double, double, double, double, double, bool, bool)"/>
    public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>An optimiser for groups of parameters, whose own options come before these.</summary>
    /// <param name="parameters">What to optimise.</param>
    /// <param name="lr">Learning rate, at least 0: about the most by which a step changes an element.</param>
    /// <param name="beta1">Decay rate of the gradient's running mean, in [0, 1).</param>
    /// <param name="beta2">Decay rate of the running mean of its square, in [0, 1).</param>
    /// <param name="eps">Is added to the root of that mean, so that nothing is divided by 0; at least 0.</param>
    /// <param name="weight_decay">This share of the parameter is added to its gradient; at least 0.</param>
    /// <param name="amsgrad">
    /// Whether to divide by the largest mean square so far (Reddi et al. 2018, "On the Convergence of Adam and
    /// Beyond").
    /// </param>
    /// <param name="maximize">Whether to climb.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        AdamMoments.CheckRanges(lr, beta1, beta2, eps, weight_decay);
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    /// <summary>The decay rates of groups yet to be added; each present group has its own.</summary>
    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var group = Require<ParamGroup>(param_group);
        var options = group.Options ??= new Options();
        options.LearningRate ??= _defaults.LearningRate;
        options.beta1 ??= _defaults.beta1;
        options.beta2 ??= _defaults.beta2;
        options.eps ??= _defaults.eps;
        options.weight_decay ??= _defaults.weight_decay;
        options.amsgrad ??= _defaults.amsgrad;
        options.maximize ??= _defaults.maximize;
        Add(group, parameter => new State(parameter));
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        Parameter[] parameters = [.. group.Parameters];
        var states = Array.ConvertAll(parameters, parameter => (IAdamState)StateOf(parameter));
        AdamMoments.Step(parameters, states, group.Options.Rates);
    }

    /// <summary>The options of a group; see the constructor for ranges.</summary>
    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        internal AdamRates Rates => new(
            LearningRate!.Value,
            beta1!.Value,
            beta2!.Value,
            eps!.Value,
            weight_decay!.Value,
            amsgrad!.Value,
            maximize!.Value,
            Decoupled: false);

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            var options = Require<Options>(source);
            base.LoadStateDict(source);
            beta1 = options.beta1;
            beta2 = options.beta2;
            eps = options.eps;
            weight_decay = options.weight_decay;
            amsgrad = options.amsgrad;
            maximize = options.maximize;
        }
    }

    /// <summary>Parameters that are stepped with the same options.</summary>
    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    /// <summary>The running means of one parameter's gradient, in the parameter's shape.</summary>
    public sealed class State : OptimizerState, IAdamState, IDisposable
    {
        /// <summary>How many steps had a gradient.</summary>
        public long step;

        // Initialize makes the two that are always there, when the parameter's group is added.
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;
        public Tensor? max_exp_avg_sq;

        public State(Parameter parameter) : base(parameter)
        {
        }

        long IAdamState.Step
        {
            get => step;
            set => step = value;
        }

        Tensor IAdamState.Mean => exp_avg;

        Tensor IAdamState.Square => exp_avg_sq;

        Tensor? IAdamState.LargestSquare => max_exp_avg_sq;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            var amsgrad = OptimizerOptions.Require<Options>(options).amsgrad!.Value;
            AdamMoments.Initialize(Parameter, amsgrad, ref exp_avg, ref exp_avg_sq, ref max_exp_avg_sq);
            step = 0;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var state = Require<State>(source);
            AdamMoments.Load(state, ref exp_avg, ref exp_avg_sq, ref max_exp_avg_sq);
            step = state.step;
        }

        public void Dispose() => AdamMoments.Dispose(exp_avg, exp_avg_sq, max_exp_avg_sq);
    }
}
