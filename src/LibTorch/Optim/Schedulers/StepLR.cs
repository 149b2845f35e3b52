namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Multiplies the rates by <paramref name="gamma"/> every <paramref name="step_size"/> steps.
            /// </summary>
            /// <param name="optimizer">Whose rates to set.</param>
            /// <param name="step_size">At least 1.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">The epoch that a resumed training has reached, or -1.</param>
            /// <param name="verbose">Whether to write each change to the console.</param>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1,
                int last_epoch = -1, bool verbose = false) =>
                new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            public static partial class impl
            {
                /// <inheritdoc cref="lr_scheduler.StepLR"/>
                public class StepLR : LRScheduler
                {
                    private readonly int _period;
                    private readonly double _gamma;

                    /// <inheritdoc cref="lr_scheduler.StepLR"/>
                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _period = step_size;
                        _gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Epoch == 0 || Epoch % _period != 0
                            ? base.get_lr()
                            : base.get_lr().Select(rate => rate * _gamma);

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(_gamma, Epoch / _period));
                }
            }
        }
    }
}
