namespace DigitService.Recognition.Data;

/// <summary>A picture of a dataset that is not learned from.</summary>
/// <param name="Name">Its name within the dataset, such as <c>7/scan.png</c>.</param>
/// <param name="Reason">Why not, as a sentence.</param>
public sealed record SkippedPicture(string Name, string Reason);

/// <summary>Images to learn from and to be tested on, wherever they come from.</summary>
/// <param name="Name">What options call it.</param>
/// <param name="Images">The images.</param>
/// <param name="EvaluatedOn">The dataset whose test images those are: its own name, or <see cref="Mnist"/> if it has none.</param>
/// <param name="Skipped">Pictures that could not be read.</param>
public sealed record Dataset(string Name, MnistDataset Images, string EvaluatedOn, IReadOnlyList<SkippedPicture> Skipped)
{
    /// <summary>The name of MNIST.</summary>
    public const string Mnist = "mnist";

    /// <summary>MNIST itself.</summary>
    public static Dataset OfMnist(MnistDataset images) => new(Mnist, images, Mnist, []);
}
