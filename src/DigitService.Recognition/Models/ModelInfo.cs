using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Models;

/// <summary>
/// What there is to know of a model without reading its weights: <c>model.json</c>. Whoever registers a model leaves
/// <see cref="Id"/>, <see cref="CreatedAt"/>, <see cref="Sha256"/> and <see cref="Size"/> to the registry.
/// </summary>
public sealed record ModelInfo
{
    private const int CurrentVersion = 1;

    /// <summary>The version of this file's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The name of the model's folder.</summary>
    public string Id { get; init; } = "";

    /// <summary>What a person calls it.</summary>
    public string? Name { get; init; }

    /// <summary>A name of the network catalogue.</summary>
    public required string Network { get; init; }

    /// <summary>What pixels become before the network reads them.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>How pictures become 28×28 pixels: <c>mnist</c> or <c>plain</c>.</summary>
    public string Preprocess { get; init; } = "mnist";

    /// <summary>When it was registered, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The run that made it; null for an imported one.</summary>
    public string? RunId { get; init; }

    /// <summary>What it was trained with; null for an imported one.</summary>
    public TrainingOptions? Options { get; init; }

    /// <summary>Weights that are learned.</summary>
    public required long Parameters { get; init; }

    /// <summary>The dataset whose test images those are that it was tested on; <see cref="Dataset.Mnist"/> as a rule.</summary>
    public string EvaluatedOn { get; init; } = Dataset.Mnist;

    /// <summary>The share of the test images that it reads right, 0 to 1; null if it has not been tested.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean cross-entropy on the test images, in nats; null if it has not been tested.</summary>
    public double? Loss { get; init; }

    /// <summary>The share of the images held out that it reads right, 0 to 1; null if none were.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// What the network's logits are divided by before they become probabilities, 0.01 to 100, so that confidence is what
    /// it says (<see cref="TemperatureScaling"/>); 1 leaves them as they are.
    /// </summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Epochs that it was trained; null if that is not known.</summary>
    public int? Epochs { get; init; }

    /// <summary>How long its run was at work; null if that is not known.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>What computed it, or imported it.</summary>
    public required LibraryVersions Versions { get; init; }

    /// <summary>The SHA-256 of <c>model.pth</c>, in hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The bytes of <c>model.pth</c>.</summary>
    public long Size { get; init; }

    /// <summary>What is wrong with what a model's maker says of it, as a sentence; null if nothing is.</summary>
    internal string? Problem => this switch
    {
        { Version: < 1 or > CurrentVersion } => $"version is {Version}; this program reads version {CurrentVersion}.",
        _ when !NetworkCatalog.Names.Contains(Network) =>
            $"network is {PthFormatException.Quote(Network)}; there is: {string.Join(", ", NetworkCatalog.Names)}.",
        { Preprocess: not ("mnist" or "plain") } =>
            $"preprocess is {PthFormatException.Quote(Preprocess)}; there is: mnist, plain.",
        { Parameters: < 1 } => $"parameters is {Parameters}; a network has at least 1.",
        { Accuracy: not (null or (>= 0 and <= 1)) } => FormattableString.Invariant($"accuracy is {Accuracy}, not 0 to 1."),
        { ValidationAccuracy: not (null or (>= 0 and <= 1)) } =>
            FormattableString.Invariant($"validationAccuracy is {ValidationAccuracy}, not 0 to 1."),
        { Loss: not (null or (>= 0 and < double.PositiveInfinity)) } => FormattableString.Invariant($"loss is {Loss}, not 0 or more."),
        { Temperature: not (>= TemperatureScaling.Lowest and <= TemperatureScaling.Highest) } =>
            FormattableString.Invariant($"temperature is {Temperature}, not {TemperatureScaling.Lowest} to {TemperatureScaling.Highest}."),
        { Epochs: < 0 } => $"epochs is {Epochs}, not 0 or more.",
        { DurationSeconds: not (null or (>= 0 and < double.PositiveInfinity)) } =>
            FormattableString.Invariant($"durationSeconds is {DurationSeconds}, not 0 or more."),
        _ => null,
    };

    /// <exception cref="ArgumentException">Something is wrong with it.</exception>
    internal void Require(string what)
    {
        if (Problem is { } problem)
        {
            throw new InvalidInputException($"The model cannot be {what}: {problem}");
        }
    }

    /// <summary>What is wrong with a whole <c>model.json</c>, as a sentence; null if nothing is.</summary>
    internal string? ProblemIn(string folderName) => this switch
    {
        { Problem: { } problem } => problem,
        _ when Id != folderName => $"id is {PthFormatException.Quote(Id)}, but the folder is called {folderName}.",
        _ when CreatedAt == default => "createdAt is missing.",
        _ when Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigitLower) => "sha256 is not 64 hexadecimal digits.",
        { Size: < 1 } => $"size is {Size}; a model has at least 1 byte.",
        _ => null,
    };
}
