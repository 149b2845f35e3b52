namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Leads the rates up to <paramref name="max_lr"/> and down to almost nothing, once, in a number of batches
            /// that is known before (Smith and Topin 2017, "Super-Convergence: Very Fast Training of Neural Networks
            /// Using Large Learning Rates"). The momentum, or Adam's first decay rate, goes the other way. To be
            /// stepped after each batch.
            /// </summary>
            /// <param name="optimizer">Whose rates to set.</param>
            /// <param name="max_lr">The highest rate.</param>
            /// <param name="total_steps">The steps of the cycle; or -1, for epochs times steps_per_epoch.</param>
            /// <param name="epochs">Epochs, where total_steps is -1.</param>
            /// <param name="steps_per_epoch">Batches in an epoch, where total_steps is -1.</param>
            /// <param name="pct_start">The share of the steps on the way up, in [0, 1].</param>
            /// <param name="anneal_strategy">Along half a cosine, or straight.</param>
            /// <param name="cycle_momentum">Whether to set the momentum too.</param>
            /// <param name="base_momentum">The momentum at the highest rate.</param>
            /// <param name="max_momentum">The momentum at the start and the end.</param>
            /// <param name="div_factor">The first rate is the highest divided by this.</param>
            /// <param name="final_div_factor">The last rate is the first divided by this.</param>
            /// <param name="three_phase">
            /// Whether to come down to the first rate as fast as it went up, and then to the last.
            /// </param>
            /// <param name="last_epoch">
            /// The batch that a resumed training has reached, or -1; not with cycle_momentum.
            /// </param>
            /// <param name="verbose">Whether to write each change to the console.</param>
            /// <exception cref="ArgumentException">An option is out of its range, or there is no momentum.</exception>
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1,
                int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                    cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch,
                    verbose);

            /// <summary>The same, with values of its own for each group.</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1,
                int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4,
                bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                    cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch,
                    verbose);

            public static partial class impl
            {
                /// <summary>The 1cycle schedule: the factories of this name tell its options.</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int _length;
                    private readonly bool _cosine;
                    private readonly bool _cycleMomentum;
                    private readonly Phase[] _phases;

                    /// <summary>One set of values for all groups.</summary>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                        bool verbose = false)
                        : this(optimizer, ForAll(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start,
                            anneal_strategy, cycle_momentum, ForAll(optimizer, base_momentum),
                            ForAll(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch,
                            verbose)
                    {
                    }

                    /// <summary>Values of its own for each group.</summary>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1,
                        int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                        {
                            throw new ArgumentException("cycle_momentum needs an optimiser with a momentum.");
                        }

                        if (pct_start is < 0 or > 1)
                        {
                            throw new ArgumentException(
                                FormattableString.Invariant($"pct_start must be in [0, 1]; it is {pct_start}."));
                        }

                        if (cycle_momentum && last_epoch != -1)
                        {
                            // TorchSharp has no momenta to cycle either in this case, and fails with this type.
                            throw new KeyNotFoundException(
                                "A cycle with momentum cannot be resumed: last_epoch must be -1.");
                        }

                        _length = Length(total_steps, epochs, steps_per_epoch);
                        _cosine = anneal_strategy == AnnealStrategy.Cos;
                        _cycleMomentum = cycle_momentum;

                        double[] highest = [.. max_lr];
                        double[] first = [.. highest.Select(rate => rate / div_factor)];
                        double[] last = [.. first.Select(rate => rate / final_div_factor)];
                        double[] lively = [.. max_momentum ?? ForAll(optimizer, 0.95)];
                        double[] calm = [.. base_momentum ?? ForAll(optimizer, 0.85)];
                        var turn = (pct_start * _length) - 1;
                        var up = new Phase(turn, first, highest, lively, calm);
                        _phases = three_phase
                            ?
                            [
                                up,
                                new Phase((2 * pct_start * _length) - 2, highest, first, calm, lively),
                                new Phase(_length - 1, first, last, lively, lively),
                            ]
                            : [up, new Phase(_length - 1, highest, last, calm, lively)];
                        step();
                    }

                    /// <summary>How the rates get from one height to another.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Along half a cosine.</summary>
                        Cos,

                        /// <summary>In a straight line.</summary>
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > _length)
                        {
                            throw new InvalidOperationException(
                                $"Step {Epoch + 1} was asked for; the cycle has {_length}.");
                        }

                        var rates = new List<double>();
                        foreach (var (index, group) in Groups.Index())
                        {
                            var (rate, momentum) = At(index);
                            rates.Add(rate);
                            if (_cycleMomentum)
                            {
                                SetMomentum(group, momentum);
                            }
                        }

                        return rates;
                    }

                    // To see that it has come to the last phase TorchSharp 0.106 takes the index of the group, where
                    // PyTorch takes that of the phase: the second group of a cycle in two phases stays in its first
                    // phase for good. So it does here, for the two must train alike; and one step past the end the
                    // other groups are at zero.
                    private (double Rate, double Momentum) At(int group)
                    {
                        double start = 0;
                        foreach (var phase in _phases)
                        {
                            if (Epoch <= phase.End || group == _phases.Length - 1)
                            {
                                var share = (Epoch - start) / (phase.End - start);
                                return (Between(phase.FromRate[group], phase.ToRate[group], share),
                                    Between(phase.FromMomentum[group], phase.ToMomentum[group], share));
                            }

                            start = phase.End;
                        }

                        return (0, 0);
                    }

                    private double Between(double start, double end, double share) => _cosine
                        ? end + ((start - end) / 2 * (Math.Cos(Math.PI * share) + 1))
                        : ((end - start) * share) + start;

                    private static void SetMomentum(ILearningRateController group, double momentum)
                    {
                        if (group is IBetas betas)
                        {
                            betas.Betas = (momentum, betas.Betas.Item2);
                        }
                        else if (group is IMomentum inertia)
                        {
                            inertia.Momentum = momentum;
                        }
                    }

                    private static int Length(int total_steps, int epochs, int steps_per_epoch) =>
                        total_steps > 0 ? total_steps
                        : total_steps != -1
                            ? throw new ArgumentException($"total_steps must be above 0; it is {total_steps}.")
                        : epochs == -1 && steps_per_epoch == -1
                            ? throw new ArgumentException("total_steps is needed, or epochs and steps_per_epoch.")
                        : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch
                        : throw new ArgumentException(
                            $"epochs ({epochs}) and steps_per_epoch ({steps_per_epoch}) must be above 0.");

                    private static double[] ForAll(Optimizer optimizer, double value)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        return [.. optimizer.ParamGroups.Select(_ => value)];
                    }

                    private sealed record Phase(double End, double[] FromRate, double[] ToRate, double[] FromMomentum,
                        double[] ToMomentum);
                }
            }
        }
    }
}
