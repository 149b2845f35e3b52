using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers have in common: groups, state, and saving both.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private protected OptimizerHelper()
    {
    }

    /// <summary>
    /// The present options and state. They are this optimiser's own objects, which change with its next step.
    /// </summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in Groups)
        {
            var places = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(StateOf(parameter));
            }

            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add(places);
        }

        return dictionary;
    }

    /// <summary>
    /// Copies the options and the state of another optimiser of the same kind, with the same groups.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are other numbers of groups or of parameters, or the state is of another kind of optimiser.
    /// </exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
        {
            throw new ArgumentException(
                $"The state has {state_dict.Options.Count} parameter groups; the optimiser has {own.Options.Count}.");
        }

        if (state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException(
                $"The state is of {state_dict.State.Count} parameters; the optimiser has {own.State.Count}.");
        }

        foreach (var (options, source) in own.Options.Zip(state_dict.Options))
        {
            if (options != source)
            {
                options.LoadStateDict(source);
            }
        }

        foreach (var (state, source) in own.State.Zip(state_dict.State))
        {
            if (state != source)
            {
                state.LoadStateDict(source);
            }
        }
    }

    /// <summary>Adds a group whose options are complete.</summary>
    private protected void Add(ParamGroup group, Func<Parameter, OptimizerState> newState)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        group.InitialLearningRate = group.LearningRate;
        foreach (var parameter in group.Parameters)
        {
            var state = newState(parameter);
            state.Initialize(group.Options);
            // A parameter that is listed twice has one state, the later, and is stepped twice.
            if (States.Remove(parameter, out var replaced))
            {
                (replaced as IDisposable)?.Dispose();
            }

            States.Add(parameter, state);
        }

        Groups.Add(group);
    }

    /// <summary>Evaluates the closure with gradients, then runs <paramref name="body"/> for each group.</summary>
    private protected Tensor? Step<TGroup>(Action<TGroup> body, Func<Tensor>? closure) where TGroup : ParamGroup
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }

        using var still = no_grad();
        foreach (var group in Groups)
        {
            body((TGroup)group);
        }

        return loss;
    }

    private protected OptimizerState StateOf(Parameter parameter)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return States.TryGetValue(parameter, out var state)
            ? state
            : throw new KeyNotFoundException("A group has a parameter that it did not have when it was added.");
    }

    private protected static TGroup Require<TGroup>(ParamGroup group) where TGroup : ParamGroup
    {
        ArgumentNullException.ThrowIfNull(group);
        return group as TGroup
            ?? throw new ArgumentException($"A group of type {typeof(TGroup)} is needed, not {group.GetType()}.");
    }
}
