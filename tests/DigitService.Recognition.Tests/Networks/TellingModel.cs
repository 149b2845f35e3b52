using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using static TorchSharp.torch;

namespace DigitService.Recognition.Tests;

/// <summary>
/// Models that tell digits from all else and that give every picture the same answer: their last layer has no weights,
/// and its biases are chosen.
/// </summary>
public static class TellingModel
{
    /// <summary>A picture that is no digit, and that would be a 4 if it were one.</summary>
    public static IReadOnlyList<(int Class, float Logit)> NoDigit { get; } = [(4, 6), (9, 3), (10, 9)];

    /// <summary>A digit that could be a 4 or a 9: 34% and 28% of it.</summary>
    public static IReadOnlyList<(int Class, float Logit)> Undecided { get; } = [(4, 2), (9, 1.8f), (10, -2)];

    /// <summary>A 5 without a doubt.</summary>
    public static IReadOnlyList<(int Class, float Logit)> Five { get; } = [(5, 12), (7, 4), (10, 5)];

    /// <summary>A 5 if it is a digit, which is by no means sure.</summary>
    public static IReadOnlyList<(int Class, float Logit)> PerhapsFive { get; } = [(5, 12), (7, 4), (10, 11)];

    /// <summary>Registers such a model.</summary>
    /// <param name="folder">The registry's folder.</param>
    /// <param name="answer">The logits that are not 0, by class: 10 is for no digit.</param>
    /// <param name="tell">What else is said of it; nothing where null.</param>
    /// <param name="report">How it reads the test images; not written down where null.</param>
    /// <returns>Its id.</returns>
    public static string Register(
        string folder,
        IReadOnlyList<(int Class, float Logit)> answer,
        Func<ModelInfo, ModelInfo>? tell = null,
        EvaluationReport? report = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = NetworkCatalog.Create("vgg", seed: 1);
        var state = network.state_dict();
        state["fc2.weight"].zero_();
        state["fc2.bias"].zero_();
        foreach (var (digit, logit) in answer)
        {
            state["fc2.bias"][digit].fill_(logit);
        }

        var info = new ModelInfo
        {
            Network = "vgg",
            Normalization = Normalization.Mnist,
            Parameters = network.parameters().Sum(parameter => parameter.numel()),
            Accuracy = report?.Accuracy,
            Loss = report?.Loss,
            Versions = LibraryVersions.Current(),
        };
        return new ModelRegistry(folder).Register(
            tell?.Invoke(info) ?? info,
            Checkpoint.OfWeights(network).Write,
            report is null ? null : Encoding.UTF8.GetBytes(report.ToJson())).Id;
    }
}
