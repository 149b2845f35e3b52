namespace DigitService.Recognition.Data;

/// <summary>MNIST (Y. LeCun, C. Cortes, C. Burges): 60,000 images to learn from and 10,000 to be tested on.</summary>
/// <param name="Train">The images that training may use.</param>
/// <param name="Test">The images of the final evaluation: nothing is ever chosen by them.</param>
public sealed record MnistDataset(DigitImages Train, DigitImages Test)
{
    /// <summary>The mean of the training images' pixels, where white is 1.</summary>
    public const float Mean = 0.1307f;

    /// <summary>The standard deviation of the training images' pixels, where white is 1.</summary>
    public const float StandardDeviation = 0.3081f;

    /// <summary>Tells the test images from all others, wherever they are found.</summary>
    internal const string TestFingerprint = "c3f9adf9c66efb572b1f9326c3a511b45910c7173b97be66ceceeeeaef6b802b";

    /// <summary>Reads the four files from a folder.</summary>
    /// <exception cref="DatasetException">One is missing or damaged.</exception>
    public static MnistDataset Read(string folder) => new(
        DigitImages.Read(
            Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz")),
        ReadTest(folder));

    /// <summary>Reads the test images alone.</summary>
    /// <exception cref="DatasetException">A file is missing or damaged.</exception>
    public static DigitImages ReadTest(string folder) => DigitImages.Read(
        Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));

    /// <summary>
    /// The folder <c>data/mnist</c> that belongs to the program: in its own folder, or in one of those above it, as when
    /// it is run from its repository.
    /// </summary>
    /// <exception cref="DatasetException">There is none.</exception>
    public static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "data", "mnist");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DatasetException($"The folder data/mnist was not found above {AppContext.BaseDirectory}.");
    }
}
