using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using TorchSharp;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// What a run of <see cref="ScheduleKind.Cycles"/> keeps: the mean of the weights with which its cycles have ended, running
/// statistics included (Izmailov et al., "Averaging weights leads to wider optima and better generalization", 2018). The
/// ends lie around a region of low loss, and its middle reads unseen images better than either of them.
/// </summary>
internal sealed class CycleEnds : IDisposable
{
    private readonly IReadOnlyList<int> _ends;
    private readonly Network _mean;

    /// <param name="options">Those of a run in cycles.</param>
    internal CycleEnds(TrainingOptions options)
    {
        _ends = LearningRateSchedule.Ends(options);
        _mean = NetworkCatalog.Create(options.Network, options.Seed);
    }

    /// <summary>Whether an epoch, from 1, leads to something better: once a cycle has ended, the next has to end first.</summary>
    internal bool IsBest(int epoch) => epoch < _ends[0] || _ends.Contains(epoch);

    /// <summary>The network that an epoch is judged by: at the end of a cycle the mean, else what was learned.</summary>
    /// <param name="learned">What the epoch led to.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="kept">The mean of the ends before; what it is does not matter before the first.</param>
    internal Network Judged(Network learned, int epoch, PthDictionary? kept)
    {
        if (!_ends.Contains(epoch))
        {
            return learned;
        }

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var before = _ends.Count(end => end < epoch);
        if (before > 0)
        {
            Checkpoint.Load(kept!, _mean, "The mean of the cycles' ends");
        }

        foreach (var (value, other) in _mean.state_dict().Values.Zip(learned.state_dict().Values))
        {
            if (before == 0 || value.dtype == torch.ScalarType.Int64)
            {
                value.copy_(other);
            }
            else
            {
                value.mul_(before / (before + 1.0)).add_(other, 1 / (before + 1.0));
            }
        }

        return _mean;
    }

    public void Dispose() => _mean.Dispose();
}
