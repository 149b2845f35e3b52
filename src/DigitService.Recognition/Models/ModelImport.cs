using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>Takes weights that were trained elsewhere into the registry.</summary>
/// <param name="Path">A <c>.pth</c> file: a state dictionary, or a checkpoint with one.</param>
/// <param name="Network">The network of the catalogue whose weights they are.</param>
/// <param name="Normalization">What pixels were turned into when they were trained.</param>
/// <param name="Name">What a person calls the model; null for no name.</param>
/// <param name="Preprocess">How pictures become 28×28 pixels for it: <c>mnist</c> or <c>plain</c>.</param>
public sealed record ModelImport(
    string Path, string Network, Normalization Normalization = Normalization.Mnist, string? Name = null, string Preprocess = "mnist")
{
    /// <summary>
    /// Refuses what does not fit the network, reads the test images with what does, and registers it. Only its weights
    /// are kept, whatever else the file holds.
    /// </summary>
    /// <param name="registry">Where it is to go.</param>
    /// <param name="test">The test images.</param>
    /// <param name="threads">How many threads read them, 1 or more.</param>
    /// <exception cref="ArgumentException">There is no such network or preprocessing.</exception>
    /// <exception cref="PthFormatException">The file is damaged, another network's, or holds weights that are not finite.</exception>
    /// <exception cref="IOException">The file is missing, or the registry cannot be written to.</exception>
    public ModelInfo Run(ModelRegistry registry, DigitImages test, int threads = 1)
    {
        var name = NetworkCatalog.Require(Network).Name;
        using var network = LoadedModel.LoadNetwork(name, Path);
        var report = EvaluationReport.Of(Evaluator.Probabilities(network, test, Normalization, threads), test);
        return registry.Register(
            new ModelInfo
            {
                Name = Name,
                Network = name,
                Normalization = Normalization,
                Preprocess = Preprocess,
                Parameters = network.parameters().Sum(parameter => parameter.numel()),
                Accuracy = report.Accuracy,
                Loss = report.Loss,
                Versions = LibraryVersions.Current(),
            },
            Checkpoint.OfWeights(network).Write,
            Encoding.UTF8.GetBytes(report.ToJson()));
    }
}
