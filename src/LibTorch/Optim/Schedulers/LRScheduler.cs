namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimiser's groups, step by step. The first step is taken when the
            /// scheduler is made, so that the rates are those of epoch 0 from then on; groups that are added later keep
            /// theirs.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool _verbose;
                private readonly double[] _lastRates;

                /// <summary>A scheduler whose next step is the one after <paramref name="last_epoch"/>.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Optimizer = optimizer;
                    Epoch = last_epoch;
                    _verbose = verbose;
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                    _lastRates = [.. Groups.Select(group => group.LearningRate)];
                }

                private protected Optimizer Optimizer { get; }

                private protected IEnumerable<ILearningRateController> Groups => Optimizer.ParamGroups;

                /// <summary>
                /// How many steps have been taken, the first not counted; a step to a named epoch sets it.
                /// </summary>
                private protected int Epoch { get; set; }

                /// <summary>The groups' initial rates, as they were when the scheduler was made.</summary>
                private protected IReadOnlyList<double> BaseRates { get; }

                private protected bool Verbose => _verbose;

                /// <summary>Goes on by one epoch, or batch: whatever the schedule counts.</summary>
                public virtual void step() => step(null);

                /// <summary>
                /// Goes to an epoch, by the schedule's closed form where it has one; with null, on by one.
                /// </summary>
                public virtual void step(int? epoch)
                {
                    Epoch = epoch ?? Epoch + 1;
                    // Once a step and not more: for some schedules it also sets the groups' momentum.
                    double[] rates = [.. epoch.HasValue ? get_closed_form_lr() : get_lr()];
                    ILearningRateController[] groups = [.. Groups];
                    for (var i = 0; i < BaseRates.Count; i++)
                    {
                        groups[i].LearningRate = rates[i];
                        if (_verbose && _lastRates[i] != rates[i])
                        {
                            Console.WriteLine($"The learning rate of group {i} is now {rates[i]}");
                        }

                        _lastRates[i] = rates[i];
                    }
                }

                /// <summary>
                /// As <see cref="step(int?)"/>; only schedules that watch a metric look at <paramref name="current"/>.
                /// </summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates that the last step set, group by group. The next step changes them.</summary>
                public IEnumerable<double> get_last_lr() => _lastRates;

                /// <summary>The next rates, from the present ones.</summary>
                protected virtual IEnumerable<double> get_lr() => Groups.Select(group => group.LearningRate);

                /// <summary>The rates of the present epoch, from the initial ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }
        }
    }
}
