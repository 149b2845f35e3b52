using System.Buffers.Binary;
using DigitService.Recognition.Data;

namespace DigitService.Cli.Tests;

/// <summary>A folder with MNIST's four files, cut down to the first real images.</summary>
internal sealed class SmallMnist : IDisposable
{
    private static readonly Lazy<MnistDataset> _whole = new(() => MnistDataset.Read(MnistDataset.FindFolder()));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("digits-");

    internal SmallMnist(int train, int test)
    {
        Write("train", _whole.Value.Train, train);
        Write("t10k", _whole.Value.Test, test);
    }

    internal static DigitImages TestImages => _whole.Value.Test;

    internal string Path => _folder.FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, DigitImages images, int count)
    {
        var pixels = Enumerable.Range(0, count).SelectMany(i => images.Image(i).ToArray());
        var labels = Enumerable.Range(0, count).Select(i => (byte)images.Label(i));

        // The reader takes files that are not compressed as well, whatever they are called.
        System.IO.File.WriteAllBytes(File($"{name}-images-idx3-ubyte.gz"), [.. Header(count, 28, 28), .. pixels]);
        System.IO.File.WriteAllBytes(File($"{name}-labels-idx1-ubyte.gz"), [.. Header(count), .. labels]);
    }

    private static byte[] Header(params int[] shape)
    {
        var header = new byte[4 + (4 * shape.Length)];
        header[2] = 8;
        header[3] = (byte)shape.Length;
        for (var i = 0; i < shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);
        }

        return header;
    }
}
