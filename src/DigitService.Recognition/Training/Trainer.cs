using System.Diagnostics;
using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Training;

/// <summary>
/// Trains a network on the training images of a dataset; the test images are never looked at. A run is for one thread;
/// <see cref="OnBatch"/> and <see cref="OnEpoch"/> are called on it.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly TrainingSet _set;
    private readonly ReplicaGroup _replicas;
    private readonly OptimizerHelper _optimizer;
    private readonly LearningRateSchedule _schedule;
    private readonly Augmenter? _augmenter;
    private readonly Extras? _extras;
    private readonly WeightAverage? _average;
    private readonly CycleEnds? _cycles;
    private readonly BackwardSettings _settings;
    private readonly TrainingState _state;
    private readonly Stopwatch _training = new();
    private long _imagesSeen;
    private int _steps;

    /// <param name="options">What to train, and how.</param>
    /// <param name="images">The images to learn from; those held out are taken from them.</param>
    /// <param name="checkpoint">Where an earlier run of the same options stopped, to go on from there.</param>
    /// <param name="inputs">What the options' base and feedback stand for; nothing where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range, contradicts another, or does not fit the images or the inputs.</exception>
    /// <exception cref="PthFormatException">The checkpoint is damaged, or of another run; or the base has the weights of another network.</exception>
    public Trainer(TrainingOptions options, DigitImages images, Checkpoint? checkpoint = null, TrainingInputs? inputs = null)
    {
        options.Validate();
        inputs ??= TrainingInputs.None;
        inputs.RequireFor(options);
        TorchRuntime.Configure();
        _options = options;
        _set = TrainingSet.Of(options, images, inputs.Feedback?.Images);
        var state = checkpoint?.ReadState(options, _set.Images) ?? new TrainingState();
        _settings = new BackwardSettings(options.Normalization, options.LabelSmoothing);
        _augmenter = options.Augmentation.IsNone ? null : new Augmenter(options.Augmentation, options.Seed, options.Epochs);
        _extras = options.DrawnDigits + options.NonDigits == 0
            ? null
            : new Extras(options.DrawnDigits, options.NonDigits, images, _set.Dataset.Train, options.Seed);
        _replicas = new ReplicaGroup(() => NetworkCatalog.Create(options.Network, options.Seed), options.Replicas);
        _average = options.WeightAveraging == 0 && options.BaseShare == 0
            ? null
            : new WeightAverage(
                _replicas.Network, NetworkCatalog.Create(options.Network, options.Seed), options.WeightAveraging, options.BaseShare);
        _cycles = options.Schedule == ScheduleKind.Cycles ? new CycleEnds(options) : null;
        _optimizer = OptimizerFactory.Create(options, _replicas.Network.parameters());
        _schedule = new LearningRateSchedule(_optimizer, options, BatchesPerEpoch);
        _state = state;
        try
        {
            BeginWith(inputs.Base);
            GoOnFrom(checkpoint);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Told of every batch.</summary>
    public Action<BatchProgress>? OnBatch { get; init; }

    /// <summary>Told of every epoch, after the images held out were read.</summary>
    public Action<EpochMetrics>? OnEpoch { get; init; }

    /// <summary>The network that is trained. It belongs to the trainer.</summary>
    public Network Network => _replicas.Network;

    /// <summary>What every epoch that is done led to.</summary>
    public IReadOnlyList<EpochMetrics> Epochs => _state.Epochs;

    /// <summary>Batches of the running epoch that are done.</summary>
    public int BatchesDone => _state.BatchesDone;

    /// <summary>Batches since the run's beginning that are done.</summary>
    public int StepsDone => (_state.Epochs.Count * BatchesPerEpoch) + _state.BatchesDone;

    /// <summary>The images that are learned from in an epoch, corrected pictures and their repetitions among them.</summary>
    public int TrainSize => _set.Numbers.Length;

    /// <summary>Batches in an epoch. One at its end that is too small to be shared, and to be normalised, is left out.</summary>
    public int BatchesPerEpoch => _set.BatchesPerEpoch(_options);

    // What an epoch has led to.
    private Network Learned => _average?.Network ?? Network;

    private bool EndsWithAverage => _options.WeightAveraging > 0 && _options.EarlyStopping == 0;

    private int RunningEpoch => _state.Epochs.Count + 1;

    private bool IsDone =>
        _state.Epochs.Count >= _options.Epochs
        || (_options.EarlyStopping > 0 && _state.Epochs.Count - _state.Best?.Epoch >= _options.EarlyStopping);

    /// <summary>Trains until the last epoch is done, or until early stopping ends the run.</summary>
    /// <param name="cancellation">Stops between two batches, also of those evaluations that come after this.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the batch that ran was finished, and all it learned is kept.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        _replicas.Team.Cancellation = cancellation;
        while (!IsDone)
        {
            TrainEpoch(cancellation);
            var judged = _cycles?.Judged(Learned, RunningEpoch, _state.BestWeights) ?? Learned;
            var validation = _set.Dataset.Validation.Length == 0
                ? null
                : Evaluator.Evaluate(judged, _set.Images, _set.Dataset.Validation, _options.Normalization, _replicas.Team);
            RequireFinite(validation);
            _schedule.AfterEpoch(validation?.Accuracy);
            EndEpoch(judged, validation);
            OnEpoch?.Invoke(_state.Epochs[^1]);
        }
    }

    /// <summary>What a checkpoint needs to hold of this moment.</summary>
    public Checkpoint CreateCheckpoint() => Checkpoint.Of(Network, _average?.Network, _optimizer, _options, _state, _set.Images);

    /// <summary>Gives the network the weights of the best epoch. Training cannot go on after that.</summary>
    public void UseBestWeights() => Checkpoint.Load(_state.BestWeights!, Network, "The best epoch");

    /// <summary>How well the network reads those images of the dataset that it learned from, without augmentation.</summary>
    /// <exception cref="OperationCanceledException">What <see cref="Run"/> was to be cancelled by has been cancelled.</exception>
    public EvaluationResult EvaluateTrainingImages() =>
        Evaluator.Evaluate(Network, _set.Images, _set.Dataset.Train, _options.Normalization, _replicas.Team);

    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Dispose();
        _cycles?.Dispose();
        _replicas.Dispose();
    }

    private void TrainEpoch(CancellationToken cancellation)
    {
        var epoch = RunningEpoch;
        using var loader = new BatchLoader(_set.Images, [.. _set.Batches(_options, epoch).Skip(_state.BatchesDone)], epoch, _augmenter, _extras);
        _replicas.Train(keepsStatistics: _options.Base is not null);
        while (_state.BatchesDone < BatchesPerEpoch)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = _training.Elapsed;
            _training.Start();
            var learningRate = _schedule.LearningRate;
            var batch = loader.Next();
            var (loss, correct) = _replicas.Backward(batch, _settings, DropoutSeed());
            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(epoch, _state.BatchesDone + 1);
            }

            if (_options.GradientClipping > 0)
            {
                utils.clip_grad_norm_(Network.parameters(), _options.GradientClipping);
            }

            _optimizer.step();
            _schedule.AfterStep();
            _average?.Add(StepsDone + 1);
            _training.Stop();

            _steps++;
            _state.BatchesDone++;
            _state.ImagesSeen += batch.Count;
            _state.LossSum += loss * batch.Count;
            _state.Correct += correct;
            _state.Seconds += (_training.Elapsed - before).TotalSeconds;
            _imagesSeen += batch.Count;
            OnBatch?.Invoke(Progress(epoch, loss, learningRate));
        }
    }

    // The last batch's own loss is computed before its step: that the step went wrong is only seen in what it led to.
    private void RequireFinite(EvaluationResult? validation)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        if (!double.IsFinite(validation?.Loss ?? 0)
            || Network.parameters().Any(parameter => !float.IsFinite(parameter.sum().item<float>())))
        {
            throw new TrainingDivergedException(RunningEpoch, BatchesPerEpoch);
        }
    }

    // A mean goes on getting better; which of the last ones the images held out like best is chance.
    private bool IsBest(EvaluationResult? validation) => _cycles?.IsBest(RunningEpoch)
        ?? (EndsWithAverage || _state.IsBest(validation?.Accuracy, validation?.Loss));

    private void EndEpoch(Network judged, EvaluationResult? validation)
    {
        var isBest = IsBest(validation);
        _state.EndEpoch(new EpochMetrics(
            RunningEpoch,
            _state.LossSum / _state.ImagesSeen,
            (double)_state.Correct / _state.ImagesSeen,
            validation?.Loss,
            validation?.Accuracy,
            _schedule.LearningRate,
            _state.Seconds,
            isBest));
        if (isBest)
        {
            _state.BestWeights = Checkpoint.StateOf(judged);
        }
    }

    private BatchProgress Progress(int epoch, double loss, double learningRate)
    {
        var speed = _imagesSeen / _training.Elapsed.TotalSeconds;
        var timeLeft = _training.Elapsed / _steps * ((_options.Epochs * BatchesPerEpoch) - StepsDone);
        return new BatchProgress(
            epoch, _options.Epochs, _state.BatchesDone, BatchesPerEpoch, StepsDone, loss, learningRate, speed, timeLeft);
    }

    // One of its own for every step, so that no generator's state has to outlive a stop.
    private ulong DropoutSeed() => new SplitMix64(_options.Seed, ~StepsDone).Next();

    private void BeginWith(Checkpoint? weights)
    {
        if (weights is not null)
        {
            weights.LoadInto(Network);
            _average?.BeginWith(weights);
        }

        _replicas.ShareStatistics();
    }

    private void GoOnFrom(Checkpoint? checkpoint)
    {
        if (checkpoint is not null)
        {
            _schedule.Replay(StepsDone, _state.Epochs);
            checkpoint.LoadInto(Network);
            _replicas.ShareStatistics();
            checkpoint.LoadInto(_optimizer);
            if (_average is not null)
            {
                checkpoint.LoadAverageInto(_average.Network);
            }
        }
    }
}
