using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// Dropout (Srivastava et al., 2014) that draws from a generator of its own. libtorch's draws from the process's one
/// generator, in the order in which threads happen to come, so that replicas of a network would not be repeatable.
/// </summary>
internal sealed class SeededDropout : Module<Tensor, Tensor>
{
    private readonly Generator _generator = new();
    private readonly double _keep;

    /// <param name="p">The probability with which an element becomes 0, from 0 to below 1.</param>
    internal SeededDropout(double p) : base(nameof(SeededDropout))
    {
        Probability = p;
        _keep = 1 - p;
    }

    /// <summary>The probability with which an element becomes 0 in training.</summary>
    internal double Probability { get; }

    /// <summary>What is drawn from here on depends on this number alone.</summary>
    internal void Seed(long seed) => _generator.manual_seed(seed);

    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return input.alias();
        }

        using var mask = empty_like(input).bernoulli_(_keep, _generator).div_(_keep);
        return input.mul(mask);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _generator.Dispose();
        }

        base.Dispose(disposing);
    }
}
