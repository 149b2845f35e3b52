using System.CommandLine;
using DigitService.Cli.Commands;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;

namespace DigitService.Cli;

/// <summary>The options of <c>train</c>. What is not given comes from the recipe.</summary>
internal sealed class TrainingArguments
{
    private readonly Option<string?> _recipe = Text(
        "--recipe", "NAME", "The options to begin with: one of those below. [default: the network's own]");
    private readonly Option<string?> _network = Text(
        "--network", "NAME",
        $"The network to train: {string.Join(", ", NetworkCatalog.Names)}. [default: the recipe's, else {RecipeCatalog.Default}]");
    private readonly Option<string?> _base = Text(
        "--base", "ID|active",
        "The model to go on with, which learns something more and forgets nothing: its network, and a recipe of few and small steps. [default: none]");
    private readonly Option<bool> _feedback = new("--feedback")
    {
        Description = "Learn from the pictures that people have corrected, too; one in five is held out to judge by.",
    };
    private readonly Option<string?> _name = Text("--name", "TEXT", "What you call the model that comes of it.");
    private readonly Option<int?> _epochs = Number.Of<int>("--epochs", "N", "Passes over the training images, 1 to 1,000.");
    private readonly Option<int?> _batchSize = Number.Of<int>(
        "--batch-size", "N", "Images per step, 1 to 10,000. Small batches are noisy, large ones need a higher learning rate.");
    private readonly Option<double?> _learningRate = Number.Of<double>(
        "--learning-rate", "X",
        "The size of a step, above 0 and at most 10; with a schedule its highest. Too high and the loss grows, too low and it hardly moves.");
    private readonly Option<OptimizerKind?> _optimizer = Choice.Of<OptimizerKind>(
        "--optimizer",
        "How a gradient becomes a step. adam forgives most; sgd and momentum want a learning rate about a hundred times as high.");
    private readonly Option<double?> _momentum = Number.Of<double>(
        "--momentum", "X", "The share of the last step in the next, above 0 and below 1. [default: 0.9 with --optimizer momentum]");
    private readonly Option<ScheduleKind?> _schedule = Choice.Of<ScheduleKind>(
        "--schedule",
        "How the learning rate changes: not at all, a tenth after each third, half when validation stalls, down a cosine, or up and down once.");
    private readonly Option<double?> _gradientClipping = Number.Of<double>(
        "--gradient-clipping", "X", "The longest a gradient may be; 0 leaves it alone.");
    private readonly Option<double?> _weightDecay = Number.Of<double>(
        "--weight-decay", "X", "The pull of every weight towards 0, 0 to 1: against overfitting.");
    private readonly Option<double?> _labelSmoothing = Number.Of<double>(
        "--label-smoothing", "X", "The probability spread over all digits in the target, 0 to below 1: against overconfidence.");
    private readonly Option<double?> _weightAveraging = Number.Of<double>(
        "--average", "X", "What is kept at every step of the mean of the weights that the run ends with, 0 (off) to below 1, such as 0.999.");
    private readonly Option<double?> _baseShare = Number.Of<double>(
        "--base-share", "SHARE", "What the base's weights keep of those that the run ends with, 0 (off) to below 1: less is forgotten, and less learned.");
    private readonly Option<int?> _earlyStopping = Number.Of<int>(
        "--early-stopping", "N", "Epochs without a better validation accuracy that end the run; 0 never does.");
    private readonly Option<string?> _augmentation = Text(
        "--augmentation", string.Join('|', Augmentation.Names),
        "How training images are changed, each epoch anew; the values below change one thing of it.");
    private readonly Option<double?> _rotation = Number.Of<double>(
        "--rotation", "DEGREES", "Turned by up to this either way, 0 to 180.");
    private readonly Option<double?> _translation = Number.Of<double>(
        "--translation", "PIXELS", "Shifted by up to this, 0 to 28.");
    private readonly Option<double?> _scale = Number.Of<double>(
        "--scale", "SHARE", "Stretched or shrunk by up to this, 0 to 0.9.");
    private readonly Option<double?> _shear = Number.Of<double>("--shear", "DEGREES", "Slanted by up to this, 0 to 60.");
    private readonly Option<double?> _elasticStrength = Number.Of<double>(
        "--elastic-strength", "PIXELS", "How far pixels are displaced, 0 to 10.");
    private readonly Option<double?> _elasticSmoothness = Number.Of<double>(
        "--elastic-smoothness", "PIXELS", "How far apart pixels move together, 1 to 28.");
    private readonly Option<double?> _drawnDigits = Number.Of<double>(
        "--drawn", "SHARE", "Digits drawn by program for every training image, 0 to 1: shapes of which MNIST has few, such as a 7 with a bar.");
    private readonly Option<double?> _nonDigits = Number.Of<double>(
        "--non-digits", "SHARE",
        $"Pictures of no digit for every training image, above 0 and at most 1: for networks that tell digits from all else, such as {TellingNetwork}.");
    private readonly Option<double?> _degradation = Number.Of<double>(
        "--degradation", "SHARE", "Strokes made thicker, thinner, soft, pale, grainy or broken: in no picture at 0, in most at 1.");
    private readonly Option<double?> _gentle = Number.Of<double>(
        "--gentle", "SHARE", "Training images that are changed half as far and keep their strokes, 0 to 1.");
    private readonly Option<double?> _gentleAfter = Number.Of<double>(
        "--gentle-after", "SHARE", "The share of the epochs before which no image is changed gently, 0 to 1.");
    private readonly Option<int?> _trainSize = Number.Of<int>(
        "--train-size", "N",
        "Learn from this many images only, the same share of every digit, 10 to 60,000. [default: all that are not held out]");
    private readonly Option<int?> _validationSize = Number.Of<int>(
        "--validation-size", "N", "Training images held out to choose the best epoch by, 0 to 59,990.");
    private readonly Option<Normalization?> _normalization = Choice.Of<Normalization>(
        "--normalization", "What pixels become: MNIST's mean and deviation taken out, 0 to 1, or -1 to 1.");
    private readonly Option<long?> _seed = Number.Of<long>(
        "--seed", "N", "Decides every random choice: the same options and seed end with the same weights, bit for bit.");
    private readonly Option<int?> _replicas = Number.Of<int>(
        "--replicas", "N", "Copies of the network that share every batch, one thread each, 1 to 64: as many as there are cores.");

    internal TrainingArguments(TeachingCommand command)
    {
        command.Add("What to train", _recipe, _network, _base, _baseShare, _feedback, _name);
        command.Add("Learning", _epochs, _batchSize, _learningRate, _optimizer, _momentum, _schedule, _gradientClipping);
        command.Add("Against overfitting", _weightDecay, _labelSmoothing, _weightAveraging, _earlyStopping);
        command.Add("Augmentation", _augmentation, _rotation, _translation, _scale, _shear, _elasticStrength, _elasticSmoothness, _degradation, _gentle, _gentleAfter);
        command.Add("Images", _drawnDigits, _nonDigits, _trainSize, _validationSize, _normalization);
        command.Add("The machine", _seed, _replicas);
    }

    internal string? Name(ParseResult parsed) => parsed.GetValue(_name);

    /// <summary>The model that is to be fine-tuned; null if none is.</summary>
    /// <exception cref="ArgumentException">Several ids begin so, or none is active.</exception>
    /// <exception cref="IOException">There is no such model, or it cannot be used.</exception>
    internal ModelInfo? Base(ParseResult parsed, ModelRegistry models) =>
        parsed.GetValue(_base) is { } text ? models.Get(ActivateCommand.Resolve(models, text)) : null;

    /// <summary>The recipe with what was given in place of its own.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="model">The model that is to be fine-tuned; null if none is.</param>
    /// <exception cref="ArgumentException">There is no such recipe or network, or the options are impossible together.</exception>
    internal TrainingOptions Resolve(ParseResult parsed, ModelInfo? model)
    {
        var overrides = new TrainingOverrides
        {
            Recipe = parsed.GetValue(_recipe),
            Network = parsed.GetValue(_network),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batchSize),
            LearningRate = parsed.GetValue(_learningRate),
            Optimizer = parsed.GetValue(_optimizer),
            Momentum = parsed.GetValue(_momentum),
            WeightDecay = parsed.GetValue(_weightDecay),
            Schedule = parsed.GetValue(_schedule),
            Augmentation = parsed.GetValue(_augmentation) is { } preset ? Augmentation.Named(preset) : null,
            LabelSmoothing = parsed.GetValue(_labelSmoothing),
            DrawnDigits = parsed.GetValue(_drawnDigits),
            NonDigits = parsed.GetValue(_nonDigits),
            WeightAveraging = parsed.GetValue(_weightAveraging),
            GradientClipping = parsed.GetValue(_gradientClipping),
            EarlyStopping = parsed.GetValue(_earlyStopping),
            ValidationSize = parsed.GetValue(_validationSize),
            TrainSize = parsed.GetValue(_trainSize),
            Normalization = parsed.GetValue(_normalization),
            Seed = parsed.GetValue(_seed),
            Replicas = parsed.GetValue(_replicas),
            Base = model?.Id,
            BaseShare = parsed.GetValue(_baseShare),
            Feedback = parsed.GetValue(_feedback),
        };
        var options = overrides.Resolve(model);
        options = options with { Augmentation = Change(options.Augmentation, parsed) };
        options.Validate();
        return options;
    }

    /// <summary>The options with what the dataset makes of them. What was given stays as it is.</summary>
    /// <exception cref="ArgumentException">What was given does not fit the dataset.</exception>
    internal TrainingOptions Fit(TrainingOptions options, Dataset dataset, ParseResult parsed) => dataset.Name == Dataset.Mnist
        ? options
        : (options with { Data = dataset.Name }).FittedTo(dataset.Images.Train.Count, parsed.GetValue(_validationSize), parsed.GetValue(_trainSize));

    private static string TellingNetwork => NetworkCatalog.All.First(network => network.TellsDigits).Name;

    private Augmentation Change(Augmentation augmentation, ParseResult parsed) => augmentation with
    {
        Rotation = parsed.GetValue(_rotation) ?? augmentation.Rotation,
        Translation = parsed.GetValue(_translation) ?? augmentation.Translation,
        Scale = parsed.GetValue(_scale) ?? augmentation.Scale,
        Shear = parsed.GetValue(_shear) ?? augmentation.Shear,
        ElasticStrength = parsed.GetValue(_elasticStrength) ?? augmentation.ElasticStrength,
        ElasticSmoothness = parsed.GetValue(_elasticSmoothness) ?? augmentation.ElasticSmoothness,
        Degradation = parsed.GetValue(_degradation) ?? augmentation.Degradation,
        Gentle = parsed.GetValue(_gentle) ?? augmentation.Gentle,
        GentleAfter = parsed.GetValue(_gentleAfter) ?? augmentation.GentleAfter,
    };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
