using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Training;

/// <summary>The options that somebody asked for; what is null comes from the recipe.</summary>
public record TrainingOverrides
{
    // What most texts take, and all of PyTorch's examples.
    private const double UsualMomentum = 0.9;

    /// <summary>A recipe's name; null for the network's own.</summary>
    public string? Recipe { get; init; }

    /// <summary>A network's name; null for the recipe's.</summary>
    public string? Network { get; init; }

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public OptimizerKind? Optimizer { get; init; }

    public double? Momentum { get; init; }

    public double? WeightDecay { get; init; }

    public ScheduleKind? Schedule { get; init; }

    public Augmentation? Augmentation { get; init; }

    public double? LabelSmoothing { get; init; }

    public double? DrawnDigits { get; init; }

    public double? NonDigits { get; init; }

    public double? WeightAveraging { get; init; }

    public double? GradientClipping { get; init; }

    public int? EarlyStopping { get; init; }

    /// <summary>The name of the dataset that is learned from; null for MNIST.</summary>
    public string? Data { get; init; }

    public int? ValidationSize { get; init; }

    public int? TrainSize { get; init; }

    public Normalization? Normalization { get; init; }

    public long? Seed { get; init; }

    public int? Replicas { get; init; }

    /// <summary>The id of the model that is fine-tuned; null where the first weights are drawn.</summary>
    public string? Base { get; init; }

    public double? BaseShare { get; init; }

    /// <summary>Whether the pictures that people have corrected are learned from too.</summary>
    public bool? Feedback { get; init; }

    /// <summary>The recipe with these in place of its own.</summary>
    /// <param name="model">The model that <see cref="Base"/> names; null where it names none.</param>
    /// <exception cref="ArgumentException">There is no such recipe or network, or the options are impossible together.</exception>
    public TrainingOptions Resolve(ModelInfo? model = null)
    {
        if (model?.Id != Base)
        {
            throw new ArgumentException($"The base is {Base ?? "none"}, and the model that is given {model?.Id ?? "none"}.", nameof(model));
        }

        var asked = Network is null ? null : NetworkCatalog.Require(Network);
        var recipe = model is not null ? OfBase(model, asked)
            : Recipe is null && asked is not null ? asked.Recipe
            : RecipeCatalog.Require(Recipe ?? RecipeCatalog.Default).Options;
        var network = asked ?? NetworkCatalog.Require(recipe.Network);
        var optimizer = Optimizer ?? recipe.Optimizer;
        var options = recipe with
        {
            Network = network.Name,
            Feedback = Feedback ?? recipe.Feedback,
            Epochs = Epochs ?? recipe.Epochs,
            BatchSize = BatchSize ?? recipe.BatchSize,
            LearningRate = LearningRate ?? recipe.LearningRate,
            Optimizer = optimizer,
            Momentum = Momentum ?? MomentumOf(optimizer, recipe),
            WeightDecay = WeightDecay ?? recipe.WeightDecay,
            Schedule = Schedule ?? recipe.Schedule,
            Augmentation = Augmentation ?? recipe.Augmentation,
            LabelSmoothing = LabelSmoothing ?? recipe.LabelSmoothing,
            DrawnDigits = DrawnDigits ?? recipe.DrawnDigits,
            NonDigits = NonDigits ?? NonDigitsOf(network, recipe),
            WeightAveraging = WeightAveraging ?? recipe.WeightAveraging,
            GradientClipping = GradientClipping ?? recipe.GradientClipping,
            EarlyStopping = EarlyStopping ?? recipe.EarlyStopping,
            Data = Data,
            ValidationSize = ValidationSize ?? recipe.ValidationSize,
            TrainSize = TrainSize ?? recipe.TrainSize,
            Normalization = Normalization ?? recipe.Normalization,
            Seed = Seed ?? recipe.Seed,
            Replicas = Replicas ?? recipe.Replicas,
            BaseShare = BaseShare ?? recipe.BaseShare,
        };
        options.Validate();
        return options;
    }

    // A network's name is its recipe's too; no other recipe has a meaning beside the one of fine-tuning.
    private TrainingOptions OfBase(ModelInfo model, NetworkDefinition? asked)
    {
        var accepted = $"{model.Network}, which the base {model.Id} is, or none";
        return (asked?.Name ?? model.Network) != model.Network
            ? throw new InvalidInputException($"Network is {asked!.Name}; accepted: {accepted}.")
            : RecipeCatalog.Require(Recipe ?? model.Network).Name != model.Network
                ? throw new InvalidInputException($"The recipe is {Recipe}; accepted: {accepted}.")
                : FineTuningRecipe.Of(model);
    }

    // Another optimiser than the recipe's leaves the recipe's momentum without a meaning.
    private static double MomentumOf(OptimizerKind optimizer, TrainingOptions recipe) => optimizer switch
    {
        OptimizerKind.Momentum when recipe.Optimizer == OptimizerKind.Momentum => recipe.Momentum,
        OptimizerKind.Momentum => UsualMomentum,
        _ => 0,
    };

    // Another network than the recipe's may need pictures of no digit where that has none, or have no use for them.
    private static double NonDigitsOf(NetworkDefinition network, TrainingOptions recipe) =>
        !network.TellsDigits ? 0 : recipe.NonDigits > 0 ? recipe.NonDigits : network.Recipe.NonDigits;
}
