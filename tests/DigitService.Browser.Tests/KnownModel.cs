using System.Text.Json.Nodes;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Browser.Tests;

/// <summary>A model whose evaluation is known to the digit: 41 of MNIST's 10,000 test images misread. Its weights have learned nothing.</summary>
internal static class KnownModel
{
    internal static string Register(string folder)
    {
        var evaluation = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "evaluation.json"));
        var report = EvaluationReport.Parse(System.Text.Encoding.UTF8.GetString(evaluation));
        using var network = NetworkCatalog.Create("convnet", seed: 1);
        var info = new ModelInfo
        {
            Network = "convnet",
            Normalization = Normalization.Mnist,
            RunId = "20261121-090336-convnet",
            Options = new TrainingOptions { Network = "convnet", Augmentation = Augmentation.Affine },
            Parameters = network.parameters().Sum(parameter => parameter.numel()),
            Accuracy = report.Accuracy,
            Loss = report.Loss,
            ValidationAccuracy = report.ValidationAccuracy,
            Temperature = report.Temperature,
            Epochs = 10,
            Versions = LibraryVersions.Current(),
        };
        return new ModelRegistry(folder).Register(info, Checkpoint.OfWeights(network).Write, evaluation).Id;
    }

    /// <summary>Registers it as one that went on learning from another and has forgotten much: it reads 99% of the test images.</summary>
    internal static string RegisterForgetful(string folder, string from)
    {
        var id = Register(folder);
        var file = Path.Combine(folder, id, "model.json");
        var model = JsonNode.Parse(File.ReadAllText(file))!;
        (model["name"], model["accuracy"], model["options"]!["base"]) = ("Forgetful", 0.99, from);
        File.WriteAllText(file, model.ToJsonString());
        return id;
    }
}
