using TorchSharp;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// The exponential moving mean of a network's weights during training (Polyak and Juditsky, "Acceleration of stochastic
/// approximation by averaging", 1992), running statistics included: it lies in the middle of where the steps go to and
/// fro, and reads unseen images better than the weights of any one step.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly torch.Tensor[] _means;
    private readonly torch.Tensor[] _weights;

    /// <param name="network">The network that learns.</param>
    /// <param name="mean">Another of the same kind, which takes the means. It belongs to this object.</param>
    /// <param name="decay">What the mean keeps of itself at a step, above 0 and below 1.</param>
    internal WeightAverage(Network network, Network mean, double decay)
    {
        _decay = decay;
        Network = mean;
        _means = [.. mean.state_dict().Values];
        _weights = [.. network.state_dict().Values];
    }

    /// <summary>The network with the mean weights.</summary>
    internal Network Network { get; }

    /// <summary>Takes in the weights that a step led to.</summary>
    /// <param name="step">Which step it was, from 1: the first ones count more, since the first weights are chance.</param>
    internal void Add(int step)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var kept = Math.Min(_decay, step / (step + 10.0));
        for (var i = 0; i < _means.Length; i++)
        {
            if (_means[i].dtype == torch.ScalarType.Int64)
            {
                _means[i].copy_(_weights[i]);
            }
            else
            {
                _means[i].mul_(kept).add_(_weights[i], 1 - kept);
            }
        }
    }

    public void Dispose() => Network.Dispose();
}
