using System.Diagnostics;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using TorchSharp;
using TorchSharp.Modules;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// Trains a network on MNIST. A run is for one thread; <see cref="OnBatch"/> and <see cref="OnEpoch"/> are called on it.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly MnistDataset _data;
    private readonly ReplicaGroup _replicas;
    private readonly Adam _optimizer;
    private readonly Stopwatch _training = new();
    private long _imagesSeen;
    private double _lossSum;

    /// <exception cref="ArgumentException">An option is out of its range, or names no network.</exception>
    public Trainer(TrainingOptions options, MnistDataset data)
    {
        options.Validate();
        TorchRuntime.Configure();
        _options = options;
        _data = data;
        _replicas = new ReplicaGroup(() => NetworkCatalog.Create(options.Network, options.Seed), options.Replicas);
        _optimizer = torch.optim.Adam(_replicas.Network.parameters(), options.LearningRate);
    }

    /// <summary>Told of every batch.</summary>
    public Action<BatchProgress>? OnBatch { get; init; }

    /// <summary>Told of every epoch, after the test images were read.</summary>
    public Action<EpochResult>? OnEpoch { get; init; }

    /// <summary>The network that is trained. It belongs to the trainer.</summary>
    public Network Network => _replicas.Network;

    /// <summary>Epochs that are done.</summary>
    public int EpochsDone { get; private set; }

    /// <summary>Batches of the running epoch that are done.</summary>
    public int BatchesDone { get; private set; }

    private int BatchesPerEpoch => (_data.Train.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>Trains until the last epoch is done.</summary>
    /// <param name="afterEpoch">What is to be done as soon as an epoch is trained: keeping a checkpoint.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the batch that ran was finished, and all it learned is kept.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public void Run(Action? afterEpoch = null, CancellationToken cancellation = default)
    {
        while (EpochsDone < _options.Epochs)
        {
            var before = _training.Elapsed;
            var trainLoss = TrainEpoch(cancellation);
            afterEpoch?.Invoke();
            var test = Evaluator.Evaluate(Network, _data.Test, _replicas.Team);
            OnEpoch?.Invoke(new EpochResult(
                EpochsDone, trainLoss, test.Loss, test.Accuracy, _training.Elapsed - before));
        }
    }

    /// <summary>What a checkpoint needs to hold of this moment.</summary>
    public Checkpoint CreateCheckpoint() =>
        Checkpoint.Of(Network, _optimizer, EpochsDone, BatchesDone, _options);

    public void Dispose()
    {
        _optimizer.Dispose();
        _replicas.Dispose();
    }

    private double TrainEpoch(CancellationToken cancellation)
    {
        var order = Shuffle.Order(_data.Train.Count, _options.Seed, EpochsDone + 1).AsMemory();
        Network.train();
        while (BatchesDone < BatchesPerEpoch)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = BatchesDone * _options.BatchSize;
            var batch = order.Slice(start, Math.Min(_options.BatchSize, order.Length - start));

            _training.Start();
            var loss = _replicas.Backward(_data.Train, batch);
            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(EpochsDone + 1, BatchesDone + 1);
            }

            _optimizer.step();
            _training.Stop();

            BatchesDone++;
            _imagesSeen += batch.Length;
            _lossSum += loss * batch.Length;
            OnBatch?.Invoke(Progress(loss));
        }

        var trainLoss = _lossSum / order.Length;
        EpochsDone++;
        BatchesDone = 0;
        _lossSum = 0;
        return trainLoss;
    }

    private BatchProgress Progress(double loss)
    {
        var speed = _imagesSeen / _training.Elapsed.TotalSeconds;
        var left = ((long)_options.Epochs * _data.Train.Count) - _imagesSeen;
        return new BatchProgress(
            EpochsDone + 1,
            _options.Epochs,
            BatchesDone,
            BatchesPerEpoch,
            loss,
            speed,
            TimeSpan.FromSeconds(left / speed));
    }
}
