using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Data;

/// <summary>The datasets that have names: MNIST, and the folders beside it.</summary>
/// <param name="folder">The folder of the datasets' folders.</param>
/// <param name="mnist">The folder of MNIST's files.</param>
/// <param name="others">Folders there that are something else, such as those of runs and of corrected pictures.</param>
public sealed class DatasetCatalog(string folder, string mnist, params string[] others)
{
    private const string ShownAs = "data";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly HashSet<string> _others = [.. others.Append(mnist).Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))];

    /// <summary>All datasets, MNIST first, those included that cannot be used. None of their images is read.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<DatasetInfo> List() =>
    [
        Describe(mnist, Dataset.Mnist),
        .. !Directory.Exists(_folder) ? [] : Directory.GetDirectories(_folder)
            .Where(path => !_others.Contains(path) && Path.GetFileName(path) is var name && name[0] != '.' && name != Dataset.Mnist)
            .Order(StringComparer.Ordinal)
            .Select(path => Describe(path, Path.GetFileName(path))),
    ];

    /// <summary>A dataset.</summary>
    /// <exception cref="InvalidInputException">That is no name.</exception>
    /// <exception cref="EntryNotFoundException">There is none of that name.</exception>
    public DatasetInfo Get(string name) => Describe(PathOf(name), name);

    /// <summary>Reads a dataset's images.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="withNonDigits">Whether pictures of no digit are learned from, as networks want that tell them.</param>
    /// <param name="cancellation">Nobody wants them any longer.</param>
    /// <exception cref="InvalidInputException">That is no name.</exception>
    /// <exception cref="EntryNotFoundException">There is none of that name.</exception>
    /// <exception cref="DatasetException">It is no dataset, or a damaged one; the message says what is accepted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Dataset Read(string name, bool withNonDigits, CancellationToken cancellation = default)
    {
        try
        {
            return name == Dataset.Mnist
                ? Dataset.OfMnist(MnistDataset.Read(mnist))
                : DatasetFolder.Read(PathOf(name), name, mnist, withNonDigits, cancellation: cancellation);
        }
        catch (DatasetException error)
        {
            throw new DatasetException(Shown(error.Message), error);
        }
    }

    private DatasetInfo Describe(string path, string name)
    {
        if (!EntryId.IsValid(name))
        {
            return new DatasetInfo(name, 0, 0, null, "The folder's name cannot be asked for; accepted: 1 to 64 letters, digits, '-', '_' and '.'.");
        }

        var info = DatasetFolder.Describe(path, name);
        return info.Error is { } error ? info with { Error = Shown(error) } : info;
    }

    private string PathOf(string name)
    {
        if (name == Dataset.Mnist)
        {
            return mnist;
        }

        if (!EntryId.IsValid(name))
        {
            throw new InvalidInputException(
                $"{PthFormatException.Quote(name)} is not the name of a dataset; accepted: that of a folder in {ShownAs}, and no path.");
        }

        var path = Path.Combine(_folder, name);
        return Directory.Exists(path) && !_others.Contains(path)
            ? path
            : throw new EntryNotFoundException(
                $"There is no dataset {name}. There is: {string.Join(", ", List().Where(info => info.Error is null).Select(info => info.Name))}.");
    }

    // Where it lies on this machine is nobody's business.
    private string Shown(string message) => message
        .Replace(Path.GetFullPath(mnist), $"{ShownAs}/{Dataset.Mnist}", StringComparison.Ordinal)
        .Replace(_folder, ShownAs, StringComparison.Ordinal);
}
