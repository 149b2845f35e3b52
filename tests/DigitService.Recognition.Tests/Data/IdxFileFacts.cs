using System.Buffers.Binary;
using System.IO.Compression;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public sealed class IdxFileFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadsWhatWasWritten()
    {
        var path = Write(Idx([2, 3], [1, 2, 3, 4, 5, 6]));
        var file = IdxFile.Read(path, 2);
        Assert.Equal([2, 3], file.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Data);
    }

    [Fact]
    public void ReadsGzippedFiles()
    {
        var path = Write(Gzip(Idx([3], [7, 8, 9])));
        Assert.Equal([7, 8, 9], IdxFile.Read(path, 1).Data);
    }

    [Fact]
    public void TheRealFilesHaveTheirSizes()
    {
        Assert.Equal(60_000, Mnist.Whole.Train.Count);
        Assert.Equal(10_000, Mnist.Whole.Test.Count);
        Assert.Equal(5, Mnist.Whole.Train.Label(0));
        Assert.Equal(7, Mnist.Whole.Test.Label(0));
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Fails(_folder.File("absent.gz"), "is missing");

    [Fact]
    public void AWrongMagicIsShown()
    {
        var bytes = Idx([1], [0]);
        bytes[2] = 13;
        Fails(Write(bytes), "begins with 00000D01, not with 000008");
    }

    [Fact]
    public void AnotherNumberOfDimensionsIsRefused() =>
        Fails(Write(Idx([2, 2], [1, 2, 3, 4])), "has 2 dimensions; 1 are expected");

    [Fact]
    public void ATruncatedFileIsRefusedWhereverItEnds()
    {
        var whole = Idx([4], [1, 2, 3, 4]);
        for (var length = 0; length < whole.Length; length++)
        {
            Fails(Write(whole[..length]), "is cut off");
        }
    }

    [Fact]
    public void AFileWithMoreThanItDeclaresIsRefused() =>
        Fails(Write([.. Idx([2], [1, 2]), 3]), "is longer than the 2 elements that it declares");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(2_000_000_000)]
    public void AnAbsurdSizeIsRefusedBeforeAnythingIsAllocated(int size) =>
        Fails(Write(Idx([size], [])), $"declares a size of {size} in dimension 0");

    [Fact]
    public void ASizeThatTheFileDoesNotHaveIsRefused() =>
        Fails(Write(Idx([1_000_000_000], [1, 2, 3])), "declares 1,000,000,000 elements and has 3");

    [Fact]
    public void DamagedGzipIsRefusedWhereverTheDamageIs()
    {
        var random = new byte[500];
        for (var i = 0; i < random.Length; i++)
        {
            random[i] = (byte)(i * i * 31 % 251);
        }

        var whole = Gzip(Idx([500], random));
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x55;
            var path = Write(damaged);
            try
            {
                // A flipped bit in gzip's own time stamp or flags changes nothing that matters.
                Assert.Equal(random, IdxFile.Read(path, 1).Data);
            }
            catch (DatasetException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            }
        }

        for (var length = 2; length < whole.Length; length++)
        {
            Fails(Write(whole[..length]), "");
        }
    }

    [Fact]
    public void ImagesAndLabelsMustBeEquallyMany()
    {
        var images = Write(Idx([2, 28, 28], new byte[2 * 784]), "images");
        var labels = Write(Idx([3], [1, 2, 3]), "labels");
        var error = Assert.Throws<DatasetException>(() => DigitImages.Read(images, labels));
        Assert.Contains("has 2 images, but", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOfAnotherSizeAreRefused()
    {
        var images = Write(Idx([1, 27, 28], new byte[27 * 28]), "images");
        var labels = Write(Idx([1], [1]), "labels");
        var error = Assert.Throws<DatasetException>(() => DigitImages.Read(images, labels));
        Assert.Contains("27×28", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelThatIsNoDigitIsRefused()
    {
        var images = Write(Idx([2, 28, 28], new byte[2 * 784]), "images");
        var labels = Write(Idx([2], [9, 10]), "labels");
        var error = Assert.Throws<DatasetException>(() => DigitImages.Read(images, labels));
        Assert.Contains("label 10 at 1", error.Message, StringComparison.Ordinal);
    }

    private static void Fails(string path, string reason)
    {
        var error = Assert.Throws<DatasetException>(() => IdxFile.Read(path, 1));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private string Write(byte[] content, string name = "file")
    {
        var path = _folder.File(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Idx(int[] shape, byte[] data)
    {
        var bytes = new byte[4 + (4 * shape.Length) + data.Length];
        bytes[2] = 8;
        bytes[3] = (byte)shape.Length;
        for (var i = 0; i < shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), shape[i]);
        }

        data.CopyTo(bytes, 4 + (4 * shape.Length));
        return bytes;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return result.ToArray();
    }
}
