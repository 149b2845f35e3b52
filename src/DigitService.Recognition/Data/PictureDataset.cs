using DigitService.Recognition.Feedback;
using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Data;

/// <summary>
/// A dataset of pictures in folders that are named by what they show, <c>0</c> to <c>9</c> and <c>none</c>: all of them to
/// learn from, or below <c>train</c> and <c>test</c>.
/// </summary>
internal sealed class PictureDataset
{
    private const int MostPictures = 200_000;
    private const int LargestFile = 32 << 20;

    private static readonly string[] _trainNames = ["train", "training"];
    private static readonly string[] _testNames = ["test", "testing"];
    private static readonly string[] _notPictures = ["Thumbs.db", "desktop.ini"];

    private readonly string _folder;
    private readonly List<Entry> _train;
    private readonly List<Entry> _test;

    private PictureDataset(string folder, List<Entry> train, List<Entry> test) => (_folder, _train, _test) = (folder, train, test);

    /// <summary>How many files there are to learn from.</summary>
    internal int Images => _train.Count;

    /// <summary>How many files there are to be tested on.</summary>
    internal int TestImages => _test.Count;

    /// <summary>The dataset in a folder, or null if no folder there is named as a label.</summary>
    /// <exception cref="DatasetException">A folder is none of a label, a digit has no picture, or there are too many.</exception>
    internal static PictureDataset? Find(string folder)
    {
        var folders = SubfoldersOf(folder);
        var (train, test) = (Part(folders, _trainNames), Part(folders, _testNames));
        if (train is null && !folders.Exists(path => FeedbackLabel.TryParse(Path.GetFileName(path)) is not null))
        {
            return null;
        }

        var dataset = new PictureDataset(
            folder,
            EntriesOf(train is null ? folders.FindAll(path => path != test) : SubfoldersOf(train)),
            test is null ? [] : EntriesOf(SubfoldersOf(test)));
        if (train is not null && folders.Find(path => path != train && path != test) is { } other)
        {
            throw new DatasetException($"{other} is neither train nor test; accepted beside train: test, and nothing else.");
        }

        dataset.RequireEveryDigit(dataset._train.Select(entry => entry.Label), "there is no file in its folder");
        return dataset;
    }

    /// <summary>Reads the pictures, each as the preprocessing makes it.</summary>
    /// <param name="withNonDigits">Whether those that show no digit are learned from.</param>
    /// <param name="mode">How a picture becomes 28×28 pixels.</param>
    /// <param name="cancellation">Nobody wants them any longer.</param>
    /// <exception cref="DatasetException">A digit has no picture that can be read.</exception>
    internal (DigitImages Train, DigitImages? Test, IReadOnlyList<SkippedPicture> Skipped) Read(
        bool withNonDigits, PreprocessMode mode, CancellationToken cancellation)
    {
        var skipped = new List<SkippedPicture>();
        var train = Read(_train.Where(entry => withNonDigits || entry.Label != DigitImages.NoDigit));
        var first = skipped.FirstOrDefault();
        RequireEveryDigit(
            Enumerable.Range(0, train.Count).Select(train.Label),
            $"no picture in its folder can be read{(first is null ? "" : $", such as {first.Name}: {first.Reason.TrimEnd('.')}")}");
        var test = Read(_test.Where(entry => entry.Label != DigitImages.NoDigit));
        return (train, test.Count == 0 ? null : test, skipped);

        DigitImages Read(IEnumerable<Entry> entries)
        {
            using var pixels = new MemoryStream();
            var labels = new List<byte>();
            foreach (var entry in entries)
            {
                cancellation.ThrowIfCancellationRequested();
                var (image, reason) = Open(entry.Path, mode);
                if (image is null)
                {
                    skipped.Add(new SkippedPicture(NameOf(entry.Path), reason));
                }
                else
                {
                    pixels.Write(image);
                    labels.Add((byte)entry.Label);
                }
            }

            return new DigitImages(pixels.ToArray(), [.. labels]);
        }
    }

    private static (byte[]? Image, string Reason) Open(string path, PreprocessMode mode)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                return (null, $"The file is larger than {LargestFile >> 20} MB.");
            }

            return Preprocessor.Process(ImageDecoder.Default.Decode(File.ReadAllBytes(path)), mode) is { } image
                ? (image, "")
                : (null, "Nothing is drawn in it.");
        }
        catch (Exception error) when (error is ImageException or InvalidInputException)
        {
            return (null, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, "The file cannot be read.");
        }
    }

    private static List<Entry> EntriesOf(IEnumerable<string> folders)
    {
        var entries = folders.SelectMany(folder =>
        {
            var label = FeedbackLabel.TryParse(Path.GetFileName(folder))
                ?? throw new DatasetException($"{folder} is not the folder of a label; accepted: {FeedbackLabel.Accepted}.");
            return Directory.EnumerateFiles(folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.') && !_notPictures.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
                .Select(path => new Entry(path, label));
        }).Take(MostPictures + 1).ToList();
        return entries.Count <= MostPictures
            ? [.. entries.OrderBy(entry => entry.Label).ThenBy(entry => entry.Path, StringComparer.Ordinal)]
            : throw new DatasetException(FormattableString.Invariant($"There are too many pictures in {Path.GetDirectoryName(entries[0].Path)} and beside it; accepted: {MostPictures:N0}."));
    }

    // Some systems leave folders of their own beside those that people make.
    private static List<string> SubfoldersOf(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && Path.GetFileName(path) != "__MACOSX")
            .Order(StringComparer.Ordinal),
    ];

    private static string? Part(List<string> folders, string[] names) =>
        folders.Find(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));

    private void RequireEveryDigit(IEnumerable<int> labels, string reason)
    {
        if (DigitImages.MissingFrom(labels) is { } missing)
        {
            throw new DatasetException($"{_folder} has no picture of a {missing} to learn from: {reason}. Each digit from 0 to 9 needs one at least.");
        }
    }

    private string NameOf(string path) => Path.GetRelativePath(_folder, path).Replace('\\', '/');

    private sealed record Entry(string Path, int Label);
}
