namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Multiplies the rates by <paramref name="factor"/> when a metric has stopped improving. It is stepped
            /// with the metric, <see cref="LRScheduler.step(double, int?)"/>, and takes no step when it is made.
            /// </summary>
            /// <param name="optimizer">Whose rates to set.</param>
            /// <param name="mode">"min" where less is better, "max" where more is.</param>
            /// <param name="factor">The factor, below 1.</param>
            /// <param name="patience">How many steps in a row may bring nothing before the rates fall.</param>
            /// <param name="threshold">
            /// What counts as an improvement, as <paramref name="threshold_mode"/> reads it.
            /// </param>
            /// <param name="threshold_mode">
            /// "rel" for a share of the best metric so far, "abs" for a difference from it.
            /// </param>
            /// <param name="cooldown">How many steps are not counted after the rates fell.</param>
            /// <param name="min_lr">The least rate, for all groups or for each; 0 if null or empty.</param>
            /// <param name="eps">A rate that would fall by no more than this stays.</param>
            /// <param name="verbose">Whether to write each change to the console.</param>
            /// <exception cref="ArgumentException">An option is out of its range, or unknown.</exception>
            public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1,
                int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0,
                IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown,
                    min_lr, eps, verbose);

            public static partial class impl
            {
                /// <inheritdoc cref="lr_scheduler.ReduceLROnPlateau"/>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly Func<double, double, bool> _isBetter;
                    private readonly double _factor;
                    private readonly int _patience;
                    private readonly int _cooldown;
                    private readonly double[] _least;
                    private readonly double _eps;
                    private double _best;
                    private int _inVain;
                    private int _cooling;

                    /// <inheritdoc cref="lr_scheduler.ReduceLROnPlateau"/>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1,
                        int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0,
                        IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1)
                        {
                            throw new ArgumentException(
                                FormattableString.Invariant($"factor must be below 1; it is {factor}."));
                        }

                        _isBetter = (mode, threshold_mode) switch
                        {
                            ("min", "rel") => (metric, best) => metric < best * (1 - threshold),
                            ("min", "abs") => (metric, best) => metric < best - threshold,
                            ("max", "rel") => (metric, best) => metric > best * (threshold + 1),
                            ("max", "abs") => (metric, best) => metric > best + threshold,
                            ("min" or "max", _) =>
                                throw new ArgumentException($"threshold_mode is rel or abs, not \"{threshold_mode}\"."),
                            _ => throw new ArgumentException($"mode is min or max, not \"{mode}\"."),
                        };
                        _best = mode == "min" ? double.PositiveInfinity : double.NegativeInfinity;
                        _factor = factor;
                        _patience = patience;
                        _cooldown = cooldown;
                        _eps = eps;
                        _least = min_lr is null or { Count: 0 } ? new double[BaseRates.Count]
                            : min_lr.Count == 1 ? [.. BaseRates.Select(_ => min_lr[0])]
                            : min_lr.Count >= BaseRates.Count ? [.. min_lr]
                            : throw new ArgumentException($"min_lr has {min_lr.Count} values, not {BaseRates.Count}.");
                    }

                    /// <summary>Looks at the metric of an epoch, the next one if null.</summary>
                    public override void step(double current, int? epoch = null)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        if (_isBetter(current, _best))
                        {
                            _best = current;
                            _inVain = 0;
                        }
                        else
                        {
                            _inVain++;
                        }

                        if (_cooling > 0)
                        {
                            _cooling--;
                            _inVain = 0;
                        }

                        if (_inVain > _patience)
                        {
                            Reduce();
                            _cooling = _cooldown;
                            _inVain = 0;
                        }
                    }

                    /// <exception cref="InvalidOperationException">Always: a metric is needed.</exception>
                    public override void step() =>
                        throw new InvalidOperationException("ReduceLROnPlateau is stepped with a metric.");

                    /// <inheritdoc cref="step()"/>
                    public override void step(int? epoch) => step();

                    private void Reduce()
                    {
                        foreach (var (index, group) in Groups.Index())
                        {
                            var rate = Math.Max(group.LearningRate * _factor, _least[index]);
                            if (group.LearningRate - rate > _eps)
                            {
                                group.LearningRate = rate;
                                if (Verbose)
                                {
                                    Console.WriteLine($"The learning rate of group {index} is now {rate:g4}");
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
