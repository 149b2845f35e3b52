using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>What a calibration changed.</summary>
/// <param name="Model">The model, with its new temperature.</param>
/// <param name="Before">The test images with the probabilities as the network gives them.</param>
/// <param name="After">The same with the new temperature.</param>
public sealed record CalibrationOutcome(ModelInfo Model, EvaluationReport Before, EvaluationReport After);

/// <summary>Gives a model the temperature that fits the images which were held out when it was trained.</summary>
public static class ModelCalibration
{
    /// <summary>Fits the temperature, reads the test images with it, and writes both down beside the weights, which stay as they are.</summary>
    /// <param name="registry">Where the model is.</param>
    /// <param name="id">The model.</param>
    /// <param name="data">The images that it was trained with.</param>
    /// <param name="threads">How many threads read them, 1 or more.</param>
    /// <exception cref="ArgumentException">That is not an id, or there are fewer images than the model was trained with.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="EntryConflictException">It was not trained here, or without images held out.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    /// <exception cref="IOException">The registry cannot be written to.</exception>
    public static CalibrationOutcome Run(ModelRegistry registry, string id, MnistDataset data, int threads = 1)
    {
        using var model = registry.Load(id);
        var (info, network) = (model.Info, model.Network);
        if (info.Options is not { ValidationSize: > 0 } options)
        {
            throw new EntryConflictException(info.Options is null
                ? $"The model {id} was not trained here, so that it is not known which images it did not learn from."
                : $"No images were held out when the model {id} was trained; those that it learned from would make it too sure.");
        }

        var temperature = TemperatureScaling.Fit(
            network, data.Train, options.Split(data.Train).Validation, info.Normalization, threads);
        var (before, after) = (Report(1), Report(temperature));
        var calibrated = info with { Temperature = temperature, Accuracy = after.Accuracy, Loss = after.Loss };
        registry.Update(calibrated, Encoding.UTF8.GetBytes(after.ToJson()));
        return new CalibrationOutcome(calibrated, before, after);

        EvaluationReport Report(double divisor) => EvaluationReport.Of(
            Evaluator.Probabilities(network, data.Test, info.Normalization, threads, divisor), data.Test) with
        {
            Temperature = divisor,
            TrainingAccuracy = StoredReport.TrainingAccuracy(registry, id),
            ValidationAccuracy = info.ValidationAccuracy,
        };
    }
}
