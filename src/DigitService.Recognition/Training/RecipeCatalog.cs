using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Training;

/// <summary>Options that are known to train well.</summary>
/// <param name="Name">What it is called on the command line and in the API.</param>
/// <param name="Description">What it is for, in a sentence.</param>
/// <param name="Options">The options.</param>
public sealed record Recipe(string Name, string Description, TrainingOptions Options);

/// <summary>The recipes by name: each network's own, under the network's name, and those for a purpose.</summary>
public static class RecipeCatalog
{
    /// <summary>The recipe of those who name neither a recipe nor a network.</summary>
    public const string Default = "cnn";

    /// <summary>The recipe of the model that ships.</summary>
    public const string Best = "best";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        .. NetworkCatalog.All.Select(network => new Recipe(network.Name, network.Description, network.Recipe)),
        new(
            "fast",
            "99% of the test images in the fewest seconds on two cores.",
            new TrainingOptions
            {
                Network = "lenet5",
                Epochs = 3,
                LearningRate = 1e-2,
                Schedule = ScheduleKind.OneCycle,
                ValidationSize = 0,
            }),
        new(
            Best,
            "The model that ships: the most digits read right, on MNIST and elsewhere, and what is no digit refused.",
            VggNetwork.Definition.Recipe with
            {
                Epochs = 56,
                Augmentation = Augmentation.World with { GentleAfter = 0.75 },
                Optimizer = OptimizerKind.AdamW,
                WeightDecay = 0.02,
            }),
    ];

    /// <exception cref="InvalidInputException">There is no recipe of that name; the message has those that there are.</exception>
    public static Recipe Require(string name) =>
        All.FirstOrDefault(recipe => string.Equals(recipe.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidInputException(
            $"There is no recipe '{name}'. There is: {string.Join(", ", All.Select(recipe => recipe.Name))}.");
}
