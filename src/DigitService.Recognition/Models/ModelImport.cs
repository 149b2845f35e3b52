using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>Takes weights that were trained elsewhere into the registry.</summary>
/// <param name="Network">The network of the catalogue whose weights they are.</param>
/// <param name="Normalization">What pixels were turned into when they were trained.</param>
/// <param name="Name">What a person calls the model; null for no name.</param>
/// <param name="Preprocess">How pictures become 28×28 pixels for it: <c>mnist</c> or <c>plain</c>.</param>
/// <param name="Temperature">
/// What its logits are to be divided by, 0.01 to 100. Which images it did not learn from is not known, so that nothing can
/// be fitted here.
/// </param>
public sealed record ModelImport(
    string Network,
    Normalization Normalization = Normalization.Mnist,
    string? Name = null,
    string Preprocess = "mnist",
    double Temperature = 1)
{
    /// <summary>
    /// Refuses what does not fit the network, reads the test images with what does, and registers it. Only its weights
    /// are kept, whatever else the file holds.
    /// </summary>
    /// <param name="weights">A state dictionary, or a checkpoint with one.</param>
    /// <param name="registry">Where it is to go.</param>
    /// <param name="test">The test images.</param>
    /// <param name="threads">How many threads read them, 1 or more.</param>
    /// <param name="cancellation">Nobody wants the model any longer, if it is not registered yet.</param>
    /// <exception cref="ArgumentException">There is no such network or preprocessing, or the temperature is out of its range.</exception>
    /// <exception cref="PthFormatException">The weights are another network's, not finite, or so large that no answer is.</exception>
    /// <exception cref="IOException">The registry cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was registered.</exception>
    public ModelInfo Run(
        Checkpoint weights, ModelRegistry registry, DigitImages test, int threads = 1, CancellationToken cancellation = default)
    {
        var name = NetworkCatalog.Require(Network).Name;
        using var network = LoadedModel.LoadNetwork(name, weights);
        var info = new ModelInfo
        {
            Name = Name,
            Network = name,
            Normalization = Normalization,
            Preprocess = Preprocess,
            Temperature = Temperature,
            Parameters = network.parameters().Sum(parameter => parameter.numel()),
            Versions = LibraryVersions.Current(),
        };
        info.Require("imported");
        var probabilities = Evaluator.Probabilities(network, test, Normalization, threads, Temperature, cancellation);
        if (!probabilities.All(float.IsFinite))
        {
            throw PthFormatException.In(weights.Name, "with these weights the network's answers are no finite numbers.");
        }

        var report = EvaluationReport.Of(probabilities, test) with { Temperature = Temperature };
        cancellation.ThrowIfCancellationRequested();
        return registry.Register(
            info with { Accuracy = report.Accuracy, Loss = report.Loss },
            Checkpoint.OfWeights(network).Write,
            Encoding.UTF8.GetBytes(report.ToJson()));
    }
}
