using DigitService.Recognition.Persistence;
using TorchSharp;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// The exponential moving mean of a network's weights during training (Polyak and Juditsky, "Acceleration of stochastic
/// approximation by averaging", 1992), running statistics included: it lies in the middle of where the steps go to and
/// fro, and reads unseen images better than the weights of any one step. The weights of a model that is fine-tuned can
/// keep a share of it: between the two lies what has learned nearly as much, and forgotten much less (Wortsman et al.,
/// "Robust fine-tuning of zero-shot models", 2022).
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly torch.Tensor[] _means;
    private readonly torch.Tensor[] _weights;
    private readonly double _baseShare;
    private torch.Tensor[] _base = [];

    /// <param name="network">The network that learns.</param>
    /// <param name="mean">Another of the same kind, which takes the means. It belongs to this object.</param>
    /// <param name="decay">What the mean keeps of itself at a step, 0 to below 1.</param>
    /// <param name="baseShare">What the model that is fine-tuned keeps of the mean, 0 to below 1.</param>
    internal WeightAverage(Network network, Network mean, double decay, double baseShare)
    {
        _decay = decay;
        _baseShare = baseShare;
        Network = mean;
        _means = [.. mean.state_dict().Values];
        _weights = [.. network.state_dict().Values];
    }

    /// <summary>The network with the mean weights.</summary>
    internal Network Network { get; }

    /// <summary>Begins with the weights of the model that is fine-tuned.</summary>
    /// <exception cref="PthFormatException">They are those of another network.</exception>
    internal void BeginWith(Checkpoint weights)
    {
        weights.LoadInto(Network);
        if (_baseShare > 0)
        {
            _base = Array.ConvertAll(_means, mean => mean.clone());
        }
    }

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
                _means[i].mul_(kept).add_(_weights[i], (1 - kept) * (1 - _baseShare));
                if (_base.Length > 0)
                {
                    _means[i].add_(_base[i], (1 - kept) * _baseShare);
                }
            }
        }
    }

    public void Dispose()
    {
        Network.Dispose();
        Array.ForEach(_base, tensor => tensor.Dispose());
    }
}
