using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// Copies of a network that compute the gradient of a batch together, one thread each. Their parameters are one and the
/// same memory, so that a step of the optimiser on the first is a step of all; their gradients are their own and are
/// added up in a fixed order, so that the same batch always gives the same bits. Batch normalisation normalises each
/// replica's share by itself, and the running statistics are the mean of the replicas', unless they are kept.
/// </summary>
internal sealed class ReplicaGroup : IDisposable
{
    private readonly Network[] _networks;
    private readonly Parameter[][] _parameters;
    private readonly torch.Tensor[][] _statistics;
    private readonly SeededDropout[][] _dropouts;
    private readonly WorkerTeam _team;
    private bool _keepsStatistics;

    /// <exception cref="NotSupportedException">The network has a dropout that cannot be seeded.</exception>
    internal ReplicaGroup(Func<Network> create, int count)
    {
        _networks = [.. Enumerable.Range(0, count).Select(_ => create())];
        if (Network.modules().Any(module => module is Dropout))
        {
            throw new NotSupportedException(
                $"The network {Network.GetName()} has a Dropout, which draws from a generator that replicas share. "
                + $"A {nameof(SeededDropout)} takes its place.");
        }

        _parameters = [.. _networks.Select(network => network.parameters().ToArray())];
        _statistics = [.. _networks.Select(network => network.buffers().ToArray())];
        _dropouts = [.. _networks.Select(network => network.modules().OfType<SeededDropout>().ToArray())];
        ShareParameters();
        _team = new WorkerTeam(count);
    }

    /// <summary>The first replica: its parameters are what is learned, and its gradients are the batch's.</summary>
    internal Network Network => _networks[0];

    internal WorkerTeam Team => _team;

    /// <summary>Sets all replicas to train.</summary>
    /// <param name="keepsStatistics">
    /// Whether batch normalisation goes on with the running statistics that it has. Where a quarter of every batch is of one
    /// person's hand the batch's own are no longer MNIST's, and what fits them reads MNIST less well.
    /// </param>
    internal void Train(bool keepsStatistics)
    {
        _keepsStatistics = keepsStatistics;
        foreach (var network in _networks)
        {
            network.train();
            foreach (var normalization in keepsStatistics ? network.modules().OfType<BatchNorm>() : [])
            {
                normalization.eval();
            }
        }
    }

    /// <summary>
    /// Leaves the gradient of the batch's mean cross-entropy in the parameters of <see cref="Network"/>.
    /// </summary>
    /// <param name="batch">The images to learn from, at least one for each replica, and two where batches are normalised.</param>
    /// <param name="settings">How they are learned from.</param>
    /// <param name="seed">Decides what dropout drops.</param>
    /// <returns>The mean cross-entropy, and how many images were read right.</returns>
    internal (double Loss, int Correct) Backward(DigitImages batch, BackwardSettings settings, ulong seed)
    {
        var results = new (double Loss, int Correct)[_networks.Length];
        _team.Run(replica => results[replica] = BackwardShare(replica, batch, settings, seed));
        if (_networks.Length > 1)
        {
            _team.Run(AddGradients);

            // The mean of equal numbers may differ from them in the last bit.
            if (!_keepsStatistics)
            {
                AverageStatistics();
            }
        }

        return (results.Sum(result => result.Loss), results.Sum(result => result.Correct));
    }

    /// <summary>Sets all replicas' running statistics to the first one's, whose were changed from outside.</summary>
    internal void ShareStatistics()
    {
        using var noGrad = torch.no_grad();
        foreach (var replica in _statistics.Skip(1))
        {
            foreach (var (own, first) in replica.Zip(_statistics[0]))
            {
                own.copy_(first);
            }
        }
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (var network in _networks)
        {
            network.Dispose();
        }
    }

    private (double Loss, int Correct) BackwardShare(int replica, DigitImages batch, BackwardSettings settings, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        _networks[replica].zero_grad();
        var share = Share(batch.Count, replica);
        var random = new SplitMix64((long)seed, replica);
        foreach (var dropout in _dropouts[replica])
        {
            dropout.Seed((long)random.Next());
        }

        var (input, target) = Batch.Make(batch, [.. Enumerable.Range(share.Start, share.Length)], settings.Normalization);
        var output = _networks[replica].call(input);
        var sum = functional.cross_entropy(
            output, target, reduction: Reduction.Sum, label_smoothing: settings.LabelSmoothing);
        var loss = sum.div(batch.Count);
        loss.backward();
        return (loss.item<float>(), (int)output.argmax(1).eq(target).sum().item<long>());
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

    // Counts of batches, which are whole numbers, are the same in all replicas.
    private void AverageStatistics()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        for (var i = 0; i < _statistics[0].Length; i++)
        {
            var mean = _statistics[0][i];
            if (mean.dtype == torch.ScalarType.Int64)
            {
                continue;
            }

            foreach (var replica in _statistics.Skip(1))
            {
                mean.add_(replica[i]);
            }

            mean.div_(_networks.Length);
        }

        ShareStatistics();
    }

    private (int Start, int End, int Length) Share(int count, int part)
    {
        var start = Boundary(part);
        var end = Boundary(part + 1);
        return (start, end, end - start);

        int Boundary(int parts) => (int)((long)count * parts / _networks.Length);
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

/// <summary>How images are learned from.</summary>
/// <param name="Normalization">What pixels become before the network reads them.</param>
/// <param name="LabelSmoothing">The share of probability that is spread over all digits in the target, 0 to below 1.</param>
internal readonly record struct BackwardSettings(Normalization Normalization, double LabelSmoothing);
