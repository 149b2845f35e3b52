using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Training;

/// <summary>Everything that decides what a training run ends with: the same options give the same weights, bit for bit.</summary>
public sealed record TrainingOptions
{
    private const int LargestShareHeldOut = 6;

    /// <summary>A name of the network catalogue.</summary>
    public string Network { get; init; } = "cnn";

    /// <summary>Passes over the training images, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Images per step, 2 to 10,000.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The optimiser's step size, above 0 and at most 10; the schedule's highest.</summary>
    public double LearningRate { get; init; } = 1e-3;

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>How much of the last step goes into the next, above 0 and below 1: for <see cref="OptimizerKind.Momentum"/> only.</summary>
    public double Momentum { get; init; }

    /// <summary>
    /// The share of every weight that is taken off, 0 to 1: decoupled from the gradient for AdamW (Loshchilov and Hutter,
    /// 2019), as an L2 penalty for the others.
    /// </summary>
    public double WeightDecay { get; init; }

    public ScheduleKind Schedule { get; init; } = ScheduleKind.None;

    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>The share of probability that is spread over all classes in the target (Szegedy et al., 2016), 0 to below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Digits drawn by program for every image of MNIST that is learned from, 0 to 1: in shapes of which MNIST has few,
    /// such as a 7 with a bar and a 4 that is closed.
    /// </summary>
    public double DrawnDigits { get; init; }

    /// <summary>
    /// Pictures of no digit for every image of MNIST that is learned from, 0 to 1: above 0 for networks that tell digits
    /// from all else, and 0 for the others.
    /// </summary>
    public double NonDigits { get; init; }

    /// <summary>
    /// What is kept at every step of the moving average of the weights that the run ends with (Polyak and Juditsky,
    /// 1992), 0 to below 1; with 0 it ends with the weights themselves, with 0.999 they are over about the last thousand
    /// steps. The mean of the last epoch is kept, unless the run is stopped early, or made in cycles.
    /// </summary>
    public double WeightAveraging { get; init; }

    /// <summary>The longest that the gradient of all parameters together may be (its L2 norm); 0 leaves it alone.</summary>
    public double GradientClipping { get; init; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; 0 never ends it early.</summary>
    public int EarlyStopping { get; init; }

    /// <summary>The name of the dataset that is learned from; null for MNIST.</summary>
    public string? Data { get; init; }

    /// <summary>Training images that are held out to choose by, 0 to 59,990; the same share of every digit.</summary>
    public int ValidationSize { get; init; } = 5_000;

    /// <summary>Training images to learn from, the same share of every digit; null for all that are not held out.</summary>
    public int? TrainSize { get; init; }

    public Normalization Normalization { get; init; } = Normalization.Mnist;

    /// <summary>Decides the first weights, the images held out, their order, their changes and what dropout drops.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Replicas of the network that share every batch, each on a thread of its own, 1 to 64. It is one of the options
    /// because the last bits of a gradient depend on how its sum is divided, and not on the machine's cores.
    /// </summary>
    public int Replicas { get; init; } = 2;

    /// <summary>
    /// The id of the model whose weights are the first ones, which is fine-tuned; null where they are drawn. Batch
    /// normalisation keeps its running statistics.
    /// </summary>
    public string? Base { get; init; }

    /// <summary>
    /// What the base's weights keep of those that the run ends with, 0 to below 1 (Wortsman et al., 2022): above 0 for runs
    /// with a base only. The more they keep, the less is forgotten, and the less is learned.
    /// </summary>
    public double BaseShare { get; init; }

    /// <summary>Whether the pictures that people have corrected are learned from too, but for those that are held out.</summary>
    public bool Feedback { get; init; }

    // Every replica needs two images, of which batch normalisation can take a deviation.
    internal int SmallestBatch => 2 * Replicas;

    /// <exception cref="InvalidInputException">An option is out of its range, or two contradict each other; the message says which, and what is accepted.</exception>
    public void Validate()
    {
        var network = NetworkCatalog.Require(Network);
        Require(Epochs is >= 1 and <= 1_000, nameof(Epochs), Epochs, "1 to 1,000");
        Require(BatchSize is >= 2 and <= 10_000, nameof(BatchSize), BatchSize, "2 to 10,000");
        Require(LearningRate is > 0 and <= 10, nameof(LearningRate), LearningRate, "above 0 and at most 10");
        Require(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "0 to 1");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 to below 1");
        Require(DrawnDigits is >= 0 and <= 1, nameof(DrawnDigits), DrawnDigits, "0 (off) to 1 for each of MNIST's images");
        Require(WeightAveraging is >= 0 and < 1, nameof(WeightAveraging), WeightAveraging, "0 (off) to below 1, such as 0.999");
        RequireNonDigits(network);
        Require(Data is null or { Length: >= 1 and <= 255 }, nameof(Data), Data, "the name of a dataset, or none for MNIST");
        Require(GradientClipping is >= 0 and < double.PositiveInfinity, nameof(GradientClipping), GradientClipping, "0 (off) or the longest gradient");
        Require(EarlyStopping is >= 0 and <= 1_000, nameof(EarlyStopping), EarlyStopping, "0 (off) to 1,000 epochs");
        Require(ValidationSize is >= 0 and <= 59_990, nameof(ValidationSize), ValidationSize, "0 to 59,990");
        Require(TrainSize is null or (>= 10 and <= 60_000), nameof(TrainSize), TrainSize, "10 to 60,000");
        Require(Replicas is >= 1 and <= 64, nameof(Replicas), Replicas, "1 to 64");
        Require(SmallestBatch <= BatchSize, nameof(Replicas), Replicas, $"at most half the batch size, {BatchSize}");
        Require(Base is null || EntryId.IsValid(Base), nameof(Base), Base, "the id of a model, or none");
        Require(BaseShare is >= 0 and < 1, nameof(BaseShare), BaseShare, "0 (off) to below 1, such as 0.5");
        Require(BaseShare == 0 || Base is not null, nameof(BaseShare), BaseShare, "0, since there is no base");
        Augmentation.Validate();
        RequireMomentum();
        RequireCycles();
        RequireValidationImages();
        RequireTrainingImages();
    }

    /// <summary>Which of a dataset's training images are learned from, and which are held out.</summary>
    /// <exception cref="InvalidInputException">The options do not fit the images: there are too few, as a rule.</exception>
    public DatasetSplit Split(DigitImages images)
    {
        var split = DatasetSplit.Stratified(images, ValidationSize, TrainSize, Seed);
        Require(split.Train.Length >= SmallestBatch, nameof(TrainSize), split.Train.Length, $"at least two images for each of the {Replicas} replicas");
        return split;
    }

    /// <summary>
    /// The options for a dataset of so many images: where nobody asks for other sizes, at most a sixth of them is held out,
    /// and no more are learned from than are left.
    /// </summary>
    /// <param name="images">The dataset's training images.</param>
    /// <param name="validationSize">What was asked for; null if nothing was.</param>
    /// <param name="trainSize">What was asked for; null if nothing was.</param>
    /// <exception cref="InvalidInputException">What was asked for does not fit.</exception>
    public TrainingOptions FittedTo(int images, int? validationSize, int? trainSize)
    {
        var heldOut = validationSize ?? Math.Min(ValidationSize, images / LargestShareHeldOut);
        Require(heldOut < images, nameof(ValidationSize), heldOut, FormattableString.Invariant($"0 to {images - 1:N0}, since there are {images:N0} images"));
        var fitted = this with
        {
            ValidationSize = heldOut,
            TrainSize = trainSize ?? (TrainSize is { } size ? Math.Min(size, images - heldOut) : null),
        };
        Require(
            fitted.TrainSize is null || fitted.TrainSize <= images - heldOut,
            nameof(TrainSize), fitted.TrainSize, FormattableString.Invariant($"10 to {images - heldOut:N0}, since ValidationSize is {heldOut:N0} of {images:N0} images"));
        fitted.Validate();
        return fitted;
    }

    private void RequireNonDigits(NetworkDefinition network)
    {
        if (network.TellsDigits)
        {
            Require(NonDigits is > 0 and <= 1, nameof(NonDigits), NonDigits, $"above 0 and at most 1, since {Network} tells digits from all else");
        }
        else
        {
            Require(NonDigits == 0, nameof(NonDigits), NonDigits, $"0, since {Network} does not tell digits from all else");
        }
    }

    private void RequireMomentum()
    {
        if (Optimizer == OptimizerKind.Momentum)
        {
            Require(Momentum is > 0 and < 1, nameof(Momentum), Momentum, "above 0 and below 1, such as 0.9");
        }
        else
        {
            Require(Momentum == 0, nameof(Momentum), Momentum, $"only with the optimizer momentum, not with {Optimizer}");
        }
    }

    private void RequireCycles()
    {
        if (Schedule == ScheduleKind.Cycles)
        {
            Require(Epochs >= 2, nameof(Epochs), Epochs, "2 or more, since each of the two cycles needs one");
            Require(EarlyStopping == 0, nameof(EarlyStopping), EarlyStopping, "0, since both cycles run to their end");
        }
    }

    private void RequireValidationImages()
    {
        if (ValidationSize == 0)
        {
            Require(EarlyStopping == 0, nameof(EarlyStopping), EarlyStopping, "0, since ValidationSize is 0 and there is nothing to stop by");
            Require(Schedule != ScheduleKind.Plateau, nameof(Schedule), Schedule, "any other, since ValidationSize is 0 and a plateau cannot be seen");
        }
    }

    // What there are of MNIST. A smaller dataset is found out when it is split.
    private void RequireTrainingImages()
    {
        var rest = 60_000 - ValidationSize;
        Require(TrainSize is null || TrainSize <= rest, nameof(TrainSize), TrainSize, $"10 to {rest:N0}, since ValidationSize is {ValidationSize:N0}");
        Require(
            (TrainSize ?? rest) >= SmallestBatch, nameof(TrainSize), TrainSize ?? rest, $"at least two images for each of the {Replicas} replicas");
    }

    private static void Require(bool holds, string name, object? value, string accepted)
    {
        if (!holds)
        {
            throw new InvalidInputException(FormattableString.Invariant($"{name} is {value}; accepted: {accepted}."));
        }
    }
}
