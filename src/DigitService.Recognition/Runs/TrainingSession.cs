using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>What a run ended with.</summary>
/// <param name="Model">The model that it made.</param>
/// <param name="Report">How well that reads the test images.</param>
public sealed record TrainingOutcome(ModelInfo Model, EvaluationReport Report);

/// <summary>Takes runs from their options, or from where they stopped, to models in the registry.</summary>
public sealed class TrainingSession
{
    private readonly ModelRegistry _models;
    private readonly MnistDataset _data;

    public TrainingSession(ModelRegistry models, MnistDataset data)
    {
        _models = models;
        _data = data;
    }

    /// <summary>The dataset whose test images those are that models are tested on.</summary>
    public string EvaluatedOn { get; init; } = Dataset.Mnist;

    /// <summary>Told when training begins: with the run's trainer, which may be asked how far it is, and nothing else.</summary>
    public Action<Trainer>? OnStart { get; init; }

    /// <summary>Told of every batch, on the thread that trains.</summary>
    public Action<BatchProgress>? OnBatch { get; init; }

    /// <summary>Told of every epoch, once its checkpoint is on the disk.</summary>
    public Action<EpochMetrics>? OnEpoch { get; init; }

    /// <summary>Stops as well, since the process is to end: the run is interrupted then, and not cancelled.</summary>
    public CancellationToken Shutdown { get; init; }

    /// <summary>
    /// Trains from the run's checkpoint, or from its beginning if there is none, reads the test images once with the
    /// best weights, and registers the model. The registry's first model becomes the active one.
    /// </summary>
    /// <param name="run">The run. Afterwards it is completed, cancelled or interrupted with a checkpoint, or failed with the reason.</param>
    /// <param name="cancellation">Stops between two batches, of an evaluation too.</param>
    /// <exception cref="OperationCanceledException">Cancelled or interrupted.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    /// <exception cref="PthFormatException">The checkpoint is damaged, or was made with other images.</exception>
    /// <exception cref="IOException">The disk is full, or a folder cannot be written to.</exception>
    public TrainingOutcome Run(RunHandle run, CancellationToken cancellation = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Shutdown);
        try
        {
            return Train(run, either.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            run.Cancel();
            throw;
        }
        catch (OperationCanceledException)
        {
            run.Interrupt();
            throw;
        }
        catch (Exception error)
        {
            run.TryFail(error);
            throw;
        }
    }

    private TrainingOutcome Train(RunHandle run, CancellationToken cancellation)
    {
        var checkpoint = run.HasCheckpoint ? Checkpoint.Read(run.CheckpointPath) : null;
        Trainer? current = null;
        using var trainer = new Trainer(run.Record.Options, _data.Train, checkpoint, run.ReadInputs())
        {
            OnBatch = progress =>
            {
                run.AppendBatch(new LossPoint(progress.Step, progress.Loss, progress.LearningRate));
                OnBatch?.Invoke(progress);
            },
            OnEpoch = metrics =>
            {
                run.AppendEpoch(metrics);
                run.SaveCheckpoint(current!.CreateCheckpoint().Write);
                OnEpoch?.Invoke(metrics);
            },
        };
        current = trainer;
        run.Start(trainer.Epochs.Count, trainer.StepsDone);
        OnStart?.Invoke(trainer);
        try
        {
            trainer.Run(cancellation);
        }
        catch (OperationCanceledException)
        {
            run.SaveCheckpoint(trainer.CreateCheckpoint().Write);
            throw;
        }

        // Stopped from here on, it goes on from its last epoch's checkpoint, which has all that was learned.
        return Finish(run, trainer, cancellation);
    }

    private TrainingOutcome Finish(RunHandle run, Trainer trainer, CancellationToken cancellation)
    {
        var options = run.Record.Options;
        var best = trainer.Epochs.Last(epoch => epoch.IsBest);
        trainer.UseBestWeights();
        var heldOut = options.Split(_data.Train).Validation;
        var temperature = TemperatureScaling.Fit(
            trainer.Network, _data.Train, heldOut, options.Normalization, options.Replicas, cancellation);
        var probabilities = Evaluator.Probabilities(
            trainer.Network, _data.Test, options.Normalization, options.Replicas, temperature, cancellation);
        var report = EvaluationReport.Of(probabilities, _data.Test) with
        {
            Temperature = temperature,
            TrainingAccuracy = trainer.EvaluateTrainingImages().Accuracy,
            ValidationAccuracy = best.ValidationAccuracy,
        };
        var model = Registered(run.Record) ?? _models.Register(
            new ModelInfo
            {
                Name = run.Record.Name,
                Network = options.Network,
                Normalization = options.Normalization,
                RunId = run.Id,
                Options = options,
                Parameters = trainer.Network.parameters().Sum(parameter => parameter.numel()),
                EvaluatedOn = EvaluatedOn,
                Accuracy = report.Accuracy,
                Loss = report.Loss,
                ValidationAccuracy = best.ValidationAccuracy,
                Temperature = temperature,
                Epochs = best.Epoch,
                DurationSeconds = trainer.Epochs.Sum(epoch => epoch.Seconds),
                Versions = run.Record.Versions,
            },
            Checkpoint.OfWeights(trainer.Network).Write,
            Encoding.UTF8.GetBytes(report.ToJson()));
        ActivateFirst(model.Id);
        run.Complete(model.Id, new RunResult(report.Accuracy, report.Loss));
        return new TrainingOutcome(model, report);
    }

    private void ActivateFirst(string id)
    {
        try
        {
            if (_models.GetActiveId() is null)
            {
                _models.Activate(id);
            }
        }
        catch (DamagedEntryException)
        {
            // Somebody edited active.json into nonsense. Which model answers is theirs to say; this one is registered.
        }
    }

    // A process that was killed right after registering its model comes here again when the run goes on. Runs of
    // another folder may have the same id, but not the same options: with these it would be the same model.
    private ModelInfo? Registered(RunRecord run) => _models.List()
        .FirstOrDefault(entry => entry.Info?.RunId == run.Id && entry.Info.Options == run.Options)?.Info;
}
