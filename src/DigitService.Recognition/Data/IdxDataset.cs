using System.Text.RegularExpressions;

namespace DigitService.Recognition.Data;

/// <summary>
/// A dataset in IDX files, gzipped or not, under the names of MNIST (<c>train-images-idx3-ubyte</c>) or EMNIST
/// (<c>emnist-digits-train-images-idx3-ubyte</c>). EMNIST's images lie on their side (Cohen et al., 2017) and are turned.
/// </summary>
internal sealed partial class IdxDataset
{
    private const string Transposed = "emnist";
    private const string DigitsOfEmnist = "emnist-digits-";

    private readonly Pair _train;
    private readonly Pair? _test;

    private IdxDataset(Pair train, Pair? test) => (_train, _test) = (train, test);

    /// <summary>The dataset in a folder, or null if no file there has such a name.</summary>
    /// <exception cref="DatasetException">There are several sets to learn from, or none.</exception>
    internal static IdxDataset? Find(string folder)
    {
        var pairs = Directory.EnumerateFiles(folder)
            .Select(path => (Path: path, Match: ImagesName().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => Pair.Of(file.Path, file.Match))
            .DistinctBy(pair => (pair.Set, pair.IsTest))
            .ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var train = pairs.FindAll(pair => !pair.IsTest);

        // EMNIST comes as six sets in one folder, of which one is of digits alone.
        var chosen = train.Count == 1 ? train[0] : train.Find(pair => pair.Set == DigitsOfEmnist)
            ?? throw new DatasetException(train.Count == 0
                ? $"{folder} has test images, but none to learn from; accepted: train-images-idx3-ubyte and train-labels-idx1-ubyte, gzipped or not."
                : $"{folder} has several sets to learn from ({string.Join(", ", train.Select(pair => Path.GetFileName(pair.Images)))}); accepted: one in a folder.");
        return new IdxDataset(chosen, pairs.Find(pair => pair.IsTest && pair.Set == chosen.Set));
    }

    /// <summary>How many images the files say that they have, to learn from and to be tested on.</summary>
    /// <exception cref="DatasetException">A file is damaged.</exception>
    internal (int Train, int Test) Count() => (_train.Count(), _test?.Count() ?? 0);

    /// <exception cref="DatasetException">A file is missing or damaged, or its labels are not digits.</exception>
    internal (DigitImages Train, DigitImages? Test) Read() => (_train.Read(), _test?.Read());

    [GeneratedRegex(@"^(?<set>.*?)(?<part>train|test|t10k)-images[-.]idx3-ubyte(\.gz)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ImagesName();

    private sealed record Pair(string Set, bool IsTest, string Images, string Labels)
    {
        internal static Pair Of(string images, Match name)
        {
            var file = Path.GetFileName(images);
            var labels = file.Replace("images", "labels", StringComparison.OrdinalIgnoreCase).Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase);
            var plain = labels.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? labels[..^3] : labels;
            var folder = Path.GetDirectoryName(images)!;
            string[] candidates = [labels, plain, plain + ".gz"];
            return new Pair(
                name.Groups["set"].Value.ToLowerInvariant(),
                !name.Groups["part"].Value.Equals("train", StringComparison.OrdinalIgnoreCase),
                images,
                Path.Combine(folder, Array.Find(candidates, candidate => File.Exists(Path.Combine(folder, candidate))) ?? labels));
        }

        internal int Count() => IdxFile.ReadShape(Images, dimensions: 3)[0];

        internal DigitImages Read()
        {
            var images = DigitImages.Read(Images, Labels);
            return Set.StartsWith(Transposed, StringComparison.Ordinal) ? Turn(images) : images;
        }

        private static DigitImages Turn(DigitImages images)
        {
            var pixels = new byte[images.Count * DigitImages.Pixels];
            var labels = new byte[images.Count];
            for (var i = 0; i < images.Count; i++)
            {
                var lying = images.Image(i);
                var standing = pixels.AsSpan(i * DigitImages.Pixels, DigitImages.Pixels);
                for (var j = 0; j < standing.Length; j++)
                {
                    standing[j] = lying[(j % DigitImages.Side * DigitImages.Side) + (j / DigitImages.Side)];
                }

                labels[i] = (byte)images.Label(i);
            }

            return new DigitImages(pixels, labels);
        }
    }
}
