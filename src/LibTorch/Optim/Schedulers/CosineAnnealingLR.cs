namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Leads the rates down to <paramref name="eta_min"/> along half a cosine (Loshchilov and Hutter 2016,
            /// "SGDR: Stochastic Gradient Descent with Warm Restarts", without the restarts), and up again if it is
            /// stepped on.
            /// </summary>
            /// <param name="optimizer">Whose rates to set.</param>
            /// <param name="T_max">How many steps the way down takes.</param>
            /// <param name="eta_min">The least rate.</param>
            /// <param name="last_epoch">The epoch that a resumed training has reached, or -1.</param>
            /// <param name="verbose">Whether to write each change to the console.</param>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0,
                int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <inheritdoc cref="lr_scheduler.CosineAnnealingLR"/>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _length;
                    private readonly double _least;

                    /// <inheritdoc cref="lr_scheduler.CosineAnnealingLR"/>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _length = T_max;
                        _least = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0)
                        {
                            return base.get_lr();
                        }

                        // One step past the bottom the ratio below would divide by zero.
                        if ((Epoch - 1 - _length) % (2 * _length) == 0)
                        {
                            return base.get_lr().Select((rate, group) =>
                                rate + ((BaseRates[group] - _least) * (1 - Math.Cos(Math.PI / _length)) / 2));
                        }

                        var ratio = Height(Epoch) / Height(Epoch - 1);
                        return base.get_lr().Select(rate => (ratio * (rate - _least)) + _least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => _least + ((rate - _least) * Height(Epoch) / 2));

                    private double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / _length);
                }
            }
        }
    }
}
