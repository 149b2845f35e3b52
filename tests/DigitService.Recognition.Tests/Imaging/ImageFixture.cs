using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>One drawing in every format and variant; see make_image_fixtures.py.</summary>
internal static class ImageFixture
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Imaging", "Fixtures");

    /// <summary>What all of them show.</summary>
    internal static GrayImage Drawing { get; } = new(30, 40, Bytes("expected.gray"));

    /// <summary>Those that are read.</summary>
    internal static IEnumerable<string> Names => Directory.EnumerateFiles(_folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => Path.GetExtension(name) is ".png" or ".jpg" or ".webp" or ".bmp" or ".gif")
        .Where(name => !name.StartsWith("refused", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_folder, name));

    internal static GrayImage Decode(string name) => ImageDecoder.Default.Decode(Bytes(name));

    /// <summary>The exception that a file ends in.</summary>
    internal static ImageException Refusal(byte[] encoded) =>
        Assert.Throws<ImageException>(() => ImageDecoder.Default.Decode(encoded));
}
