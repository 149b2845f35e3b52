using System.Buffers.Binary;
using System.IO.Compression;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;

namespace DigitService.Recognition.Tests;

/// <summary>Writes datasets as people have them, made of MNIST's own images.</summary>
public static class DatasetFiles
{
    private static readonly Lazy<MnistDataset> _mnist = new(() => MnistDataset.Read(MnistDataset.FindFolder()));

    public static DigitImages Train => _mnist.Value.Train;

    public static DigitImages Test => _mnist.Value.Test;

    /// <summary>Writes the first images as IDX files.</summary>
    /// <param name="folder">The folder, made if it is missing.</param>
    /// <param name="name">What stands before <c>-images-idx3-ubyte</c>.</param>
    /// <param name="images">Where they come from.</param>
    /// <param name="count">How many.</param>
    /// <param name="ending"><c>.gz</c> to compress them.</param>
    /// <param name="isTransposed">Whether rows become columns, as EMNIST has them.</param>
    /// <param name="firstLabel">What the labels count from.</param>
    public static void WriteIdx(
        string folder, string name, DigitImages images, int count, string ending = "", bool isTransposed = false, byte firstLabel = 0)
    {
        Directory.CreateDirectory(folder);
        var pixels = Enumerable.Range(0, count).SelectMany(i => isTransposed ? Transposed(images.Image(i).ToArray()) : images.Image(i).ToArray());
        var labels = Enumerable.Range(0, count).Select(i => (byte)(images.Label(i) + firstLabel));
        Write($"{name}-images-idx3-ubyte", [.. Header(count, DigitImages.Side, DigitImages.Side), .. pixels]);
        Write($"{name}-labels-idx1-ubyte", [.. Header(count), .. labels]);

        void Write(string file, byte[] content)
        {
            using Stream stream = File.Create(Path.Combine(folder, file + ending));
            using var target = ending == ".gz" ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
            target.Write(content);
        }
    }

    /// <summary>Writes the first images as PNGs in folders that are named by their labels, dark on light.</summary>
    public static void WritePictures(string folder, DigitImages images, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var label = Directory.CreateDirectory(Path.Combine(folder, $"{images.Label(i)}"));
            File.WriteAllBytes(Path.Combine(label.FullName, $"{i:D5}.png"), Png(images.Image(i)));
        }
    }

    /// <summary>An image of MNIST as a scan would have it: ink is dark.</summary>
    public static byte[] Png(ReadOnlySpan<byte> image) =>
        GrayPng.Encode(Array.ConvertAll(image.ToArray(), value => (byte)(byte.MaxValue - value)), DigitImages.Side);

    private static byte[] Transposed(byte[] image) =>
        [.. Enumerable.Range(0, image.Length).Select(i => image[(i % DigitImages.Side * DigitImages.Side) + (i / DigitImages.Side)])];

    private static byte[] Header(params int[] shape)
    {
        var header = new byte[4 + (4 * shape.Length)];
        (header[2], header[3]) = (8, (byte)shape.Length);
        foreach (var (index, size) in shape.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * index)), size);
        }

        return header;
    }
}
