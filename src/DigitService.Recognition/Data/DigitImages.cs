using System.Security.Cryptography;

namespace DigitService.Recognition.Data;

/// <summary>Gray images of 28×28 pixels with their digits.</summary>
public sealed class DigitImages
{
    /// <summary>The width and the height of an image.</summary>
    public const int Side = 28;

    /// <summary>Pixels per image.</summary>
    public const int Pixels = Side * Side;

    /// <summary>How many classes there are: the digits 0 to 9.</summary>
    public const int Classes = 10;

    /// <summary>The label of a picture that shows no digit. Datasets have none of these; training makes them.</summary>
    public const int NoDigit = Classes;

    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly Lazy<string> _fingerprint;

    /// <param name="pixels">Count×784 values, 0 for paper and 255 for ink.</param>
    /// <param name="labels">Count digits, 0 to 9, or <see cref="NoDigit"/>.</param>
    public DigitImages(byte[] pixels, byte[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, labels.Length * Pixels);
        _pixels = pixels;
        _labels = labels;
        _fingerprint = new Lazy<string>(Hash);
    }

    public int Count => _labels.Length;

    /// <summary>Tells these images and labels from all others: their SHA-256 in hexadecimal.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The 784 pixels of an image, row by row.</summary>
    public ReadOnlySpan<byte> Image(int index) => _pixels.AsSpan(index * Pixels, Pixels);

    public int Label(int index) => _labels[index];

    /// <summary>Reads a pair of IDX files and checks them against each other.</summary>
    /// <exception cref="DatasetException">A file is missing or damaged, or the two do not belong together.</exception>
    public static DigitImages Read(string imagesPath, string labelsPath)
    {
        var images = IdxFile.Read(imagesPath, dimensions: 3);
        var labels = IdxFile.Read(labelsPath, dimensions: 1);
        if (images.Shape[1] != Side || images.Shape[2] != Side)
        {
            throw new DatasetException(
                $"{imagesPath} has images of {images.Shape[1]}×{images.Shape[2]} pixels; {Side}×{Side} are expected.");
        }

        if (images.Shape[0] != labels.Shape[0])
        {
            throw new DatasetException(
                $"{imagesPath} has {images.Shape[0]:N0} images, but {labelsPath} has {labels.Shape[0]:N0} labels.");
        }

        var wrong = Array.FindIndex(labels.Data, label => label >= Classes);
        return wrong < 0
            ? new DigitImages(images.Data, labels.Data)
            : throw new DatasetException($"{labelsPath} has the label {labels.Data[wrong]} at {wrong:N0}; labels are 0 to 9.");
    }

    /// <summary>These images, and after them others, in turn and from the first again, until so many have been added.</summary>
    internal DigitImages With(DigitImages others, int count)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(_pixels.Length + (count * Pixels));
        var labels = new byte[_labels.Length + count];
        _pixels.CopyTo(pixels, 0);
        _labels.CopyTo(labels, 0);
        for (var i = 0; i < count; i++)
        {
            others.Image(i % others.Count).CopyTo(pixels.AsSpan(_pixels.Length + (i * Pixels)));
            labels[_labels.Length + i] = others._labels[i % others.Count];
        }

        return new DigitImages(pixels, labels);
    }

    /// <summary>The first digit that labels lack; null if they have all ten.</summary>
    internal static int? MissingFrom(IEnumerable<int> labels)
    {
        var found = labels.ToHashSet();
        return Enumerable.Range(0, Classes).Where(digit => !found.Contains(digit)).Cast<int?>().FirstOrDefault();
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_pixels);
        hash.AppendData(_labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
