using DigitService.Recognition.Data;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Inference;

/// <summary>A registry with two models that answer differently.</summary>
internal sealed class TwoModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal TwoModels()
    {
        Registry = new ModelRegistry(_folder.File("models"));
        First = Register(seed: 1);
        Second = Register(seed: 2);
    }

    internal ModelRegistry Registry { get; }

    internal string First { get; }

    internal string Second { get; }

    public void Dispose() => _folder.Dispose();

    internal string Register(long seed)
    {
        using var network = NetworkCatalog.Create("lenet5", seed);
        return Registry.Register(
            new ModelInfo
            {
                Network = "lenet5",
                Normalization = Normalization.Mnist,
                Parameters = network.parameters().Sum(parameter => parameter.numel()),
                Versions = LibraryVersions.Current(),
            },
            Checkpoint.OfWeights(network).Write).Id;
    }

    /// <summary>What a model answers when it is asked by itself.</summary>
    internal IReadOnlyList<float> ProbabilitiesBy(string id, byte[] pixels)
    {
        using var model = Registry.Load(id);
        return new DigitReader(model).Predict(pixels).Probabilities;
    }
}
