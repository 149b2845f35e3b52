using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Data;

/// <summary>Reads datasets from folders: IDX files, or pictures in folders that are named by what they show.</summary>
public static class DatasetFolder
{
    private const string Accepted =
        "IDX files under MNIST's names (train-images-idx3-ubyte and train-labels-idx1-ubyte, gzipped or not), or pictures in the folders 0 to 9 and none";

    /// <summary>Tells what is in a folder without reading an image. What is wrong with it is told, not thrown.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What it is to be called.</param>
    public static DatasetInfo Describe(string folder, string name)
    {
        try
        {
            var (idx, pictures) = Find(folder);
            var (images, test) = idx?.Count() ?? (pictures!.Images, pictures.TestImages);
            return new DatasetInfo(name, images, test, idx is null ? DatasetKind.Folders : DatasetKind.Idx, null);
        }
        catch (DatasetException error)
        {
            return new DatasetInfo(name, 0, 0, null, error.Message);
        }
    }

    /// <summary>Reads a folder's images.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="mnist">The folder of MNIST's files, whose test images are taken if this one has none.</param>
    /// <param name="withNonDigits">Whether pictures of no digit are learned from, as networks want that tell them.</param>
    /// <param name="mode">How a picture becomes 28×28 pixels.</param>
    /// <param name="cancellation">Nobody wants them any longer.</param>
    /// <exception cref="DatasetException">It is no dataset, or a damaged one; the message says what is accepted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Dataset Read(
        string folder,
        string name,
        string mnist,
        bool withNonDigits,
        PreprocessMode mode = PreprocessMode.Mnist,
        CancellationToken cancellation = default)
    {
        var (idx, pictures) = Find(folder);
        IReadOnlyList<SkippedPicture> skipped = [];
        DigitImages train;
        DigitImages? test;
        if (idx is null)
        {
            (train, test, skipped) = pictures!.Read(withNonDigits, mode, cancellation);
        }
        else
        {
            (train, test) = idx.Read();
            RequireEveryDigit(train, folder);
        }

        var evaluatedOn = test is null || test.Fingerprint == MnistDataset.TestFingerprint ? Dataset.Mnist : name;
        return new Dataset(name, new MnistDataset(train, test ?? MnistDataset.ReadTest(mnist)), evaluatedOn, skipped);
    }

    private static (IdxDataset? Idx, PictureDataset? Pictures) Find(string folder)
    {
        try
        {
            var idx = IdxDataset.Find(folder);
            var pictures = idx is null ? PictureDataset.Find(folder) : null;
            return idx is not null || pictures is not null
                ? (idx, pictures)
                : throw new DatasetException($"{folder} is no dataset; accepted: {Accepted}.");
        }
        catch (DirectoryNotFoundException error)
        {
            throw new DatasetException($"{folder} is missing. Accepted: a folder with {Accepted}.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not DatasetException))
        {
            throw new DatasetException($"{folder} cannot be read: {error.Message}", error);
        }
    }

    private static void RequireEveryDigit(DigitImages images, string folder)
    {
        if (DigitImages.MissingFrom(Enumerable.Range(0, images.Count).Select(images.Label)) is { } missing)
        {
            throw new DatasetException($"{folder} has no image of a {missing} to learn from. Each digit from 0 to 9 needs one at least.");
        }
    }
}
