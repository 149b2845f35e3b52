using DigitService.Recognition.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// Copies of a network that compute the gradient of a batch together, one thread each. Their parameters are one and the
/// same memory, so that a step of the optimiser on the first is a step of all; their gradients are their own and are
/// added up in a fixed order, so that the same batch always gives the same bits.
/// </summary>
internal sealed class ReplicaGroup : IDisposable
{
    private readonly Network[] _networks;
    private readonly Parameter[][] _parameters;
    private readonly WorkerTeam _team;

    internal ReplicaGroup(Func<Network> create, int count)
    {
        _networks = [.. Enumerable.Range(0, count).Select(_ => create())];
        _parameters = [.. _networks.Select(network => network.parameters().ToArray())];
        if (count > 1 && (Network.buffers().Any() || Network.modules().Any(module => module is Dropout)))
        {
            // Dropout draws from libtorch's one generator, in the order in which the threads happen to come, and
            // running statistics would be the first replica's alone.
            throw new NotSupportedException(
                $"The network {Network.GetName()} has dropout or buffers, which replicas cannot share: use 1 replica.");
        }

        ShareParameters();
        _team = new WorkerTeam(count);
    }

    /// <summary>The first replica: its parameters are what is learned, and its gradients are the batch's.</summary>
    internal Network Network => _networks[0];

    internal WorkerTeam Team => _team;

    /// <summary>
    /// Leaves the gradient of the batch's mean cross-entropy in the parameters of <see cref="Network"/>, and returns
    /// that cross-entropy.
    /// </summary>
    internal double Backward(DigitImages images, ReadOnlyMemory<int> batch)
    {
        var losses = new double[_networks.Length];
        _team.Run(replica => losses[replica] = BackwardShare(replica, images, batch));
        if (_networks.Length > 1)
        {
            _team.Run(AddGradients);
        }

        return losses.Sum();
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (var network in _networks)
        {
            network.Dispose();
        }
    }

    private double BackwardShare(int replica, DigitImages images, ReadOnlyMemory<int> batch)
    {
        using var scope = torch.NewDisposeScope();
        _networks[replica].zero_grad();
        var share = Share(batch.Length, replica);
        if (share.Length == 0)
        {
            return 0;
        }

        var (input, target) = Batch.Make(images, batch.Span[share.Start..share.End]);
        var sum = functional.cross_entropy(_networks[replica].call(input), target, reduction: Reduction.Sum);
        var loss = sum.div(batch.Length);
        loss.backward();
        return loss.item<float>();
    }

    // Every thread adds up its own rows of every parameter, over the replicas in their order.
    private void AddGradients(int worker)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        for (var i = 0; i < _parameters[0].Length; i++)
        {
            var total = _parameters[0][i].grad;
            var rows = total is null ? default : Share((int)total.shape.FirstOrDefault(1), worker);
            if (rows.Length == 0)
            {
                continue;
            }

            var own = Rows(total!, rows);
            foreach (var replica in _parameters.Skip(1))
            {
                if (replica[i].grad is { } gradient)
                {
                    own.add_(Rows(gradient, rows));
                }
            }
        }

        static torch.Tensor Rows(torch.Tensor tensor, (int Start, int End, int Length) rows) =>
            tensor.ndim == 0 ? tensor.alias() : tensor.narrow(0, rows.Start, rows.Length);
    }

    private (int Start, int End, int Length) Share(int count, int part)
    {
        var start = Boundary(part);
        var end = Boundary(part + 1);
        return (start, end, end - start);

        // Rounded up, so that the first replica, whose gradients are the batch's, never has nothing to do.
        int Boundary(int parts) => (int)((((long)count * parts) + _networks.Length - 1) / _networks.Length);
    }

    private void ShareParameters()
    {
        using var noGrad = torch.no_grad();
        foreach (var replica in _parameters.Skip(1))
        {
            for (var i = 0; i < replica.Length; i++)
            {
                replica[i].set_(_parameters[0][i]);
            }
        }
    }
}
