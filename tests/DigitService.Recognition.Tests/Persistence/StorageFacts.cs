using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

/// <summary>What a pickle says about a tensor against what lies in its storage.</summary>
public sealed class StorageFacts
{
    private static readonly byte[] _sixFloats = Forgery.Bytes(0f, 1f, 2f, 3f, 4f, 5f);

    [Theory]
    [InlineData(0, new long[] { 6 }, new long[] { 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(2, new long[] { 2, 2 }, new long[] { 2, 1 }, new float[] { 2, 3, 4, 5 })]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 0, 2 }, new float[] { 1, 3, 1, 3 })]
    [InlineData(5, new long[] { }, new long[] { }, new float[] { 5 })]
    [InlineData(4, new long[] { 1, 2, 1 }, new long[] { 99, 1, 77 }, new float[] { 4, 5 })]
    [InlineData(6, new long[] { 0 }, new long[] { 1 }, new float[] { })]
    public void AWindowIntoAStorageIsLaidOutRowMajor(long offset, long[] shape, long[] strides, float[] expected)
    {
        var tensor = Assert.IsType<PthTensor>(Forgery.Read(Window(offset, shape, strides)));

        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(expected, tensor.As<float>());
    }

    [Theory]
    [InlineData(0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(1, new long[] { 6 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 4, 1 })]
    [InlineData(6, new long[] { }, new long[] { })]
    [InlineData(7, new long[] { 0 }, new long[] { 1 })]
    [InlineData(long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue })]
    [InlineData(0, new long[] { 4294967296, 3 }, new long[] { 4294967296, 1 })] // 2^64 and a little
    public void AWindowBeyondItsStorageIsRefused(long offset, long[] shape, long[] strides) =>
        AssertRefused("reaches beyond its storage of 6 elements", offset, shape, strides);

    [Theory]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(5, new long[] { 2 }, new long[] { -1 })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { long.MinValue, 1 })]
    public void AWindowThatGoesBackwardsIsRefused(long offset, long[] shape, long[] strides) =>
        AssertRefused("goes backwards", offset, shape, strides);

    [Theory]
    [InlineData(new long[] { -1 }, new long[] { 1 })]
    [InlineData(new long[] { -2, -3 }, new long[] { 3, 1 })]
    [InlineData(new long[] { long.MaxValue, long.MaxValue, 3 }, new long[] { 0, 0, 0 })]
    [InlineData(new long[] { 4294967296, 4294967296 }, new long[] { 0, 0 })] // 2^64 is 0 again
    [InlineData(new long[] { 4294967296, 4294967296, 0 }, new long[] { 1, 1, 1 })]
    public void AShapeThatCannotBeCountedIsRefused(long[] shape, long[] strides) =>
        AssertRefused("cannot be so large", 0, shape, strides);

    [Fact]
    public void AShapeWithMoreOrFewerStridesOrTooManyIsRefused()
    {
        var many = Enumerable.Repeat(1L, 65).ToArray();

        AssertRefused("2 dimensions and 1 strides", 0, [2, 3], [1]);
        AssertRefused("64 is the limit", 0, many, many);
    }

    [Fact]
    public void AnExpandedTensorOfTerabytesIsRefusedBeforeItIsMade()
    {
        var (message, allocated) = Measure(Window(0, [1L << 40], [0]));

        Assert.Contains("more than", message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 4 << 20);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(0x4000_0000_0000_0006)] // times 4 is 24 bytes again in 64 bits
    public void AStorageOfAnotherLengthThanDeclaredIsRefusedBeforeMemoryIsTaken(long count)
    {
        var file = Forgery.Archive(
            Forgery.Tensor(Forgery.Storage("FloatStorage", count), 0, [2], [1]), ("a/data/0", _sixFloats));

        var (message, allocated) = Measure(file);

        Assert.Contains("'data/0' has", message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 4 << 20);
    }

    [Fact]
    public void AMissingStorageIsRefusedByName()
    {
        var tensor = Forgery.Tensor(Forgery.Storage("FloatStorage", 6, "1"), 0, [6], [1]);
        var file = Forgery.Archive(tensor, ("a/data/0", _sixFloats));

        Assert.Contains("'data/1', which a tensor needs, is missing", Forgery.Refusal(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IntStorage", 6)]
    [InlineData("DoubleStorage", 3)]
    [InlineData("ByteStorage", 24)]
    public void AStorageDescribedInTwoWaysIsRefused(string storageClass, long count)
    {
        var first = Forgery.Tensor(Forgery.Storage("FloatStorage", 6), 0, [1], [1]);
        var second = Forgery.Tensor(Forgery.Storage(storageClass, count), 0, [1], [1]);

        var message = Forgery.Refusal(Forgery.Archive(first + second + "\u0086", ("a/data/0", _sixFloats)));

        Assert.Contains("described in two ways", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABoolThatIsNeither0Nor1IsRefused()
    {
        var file = Forgery.Archive(
            Forgery.Tensor(Forgery.Storage("BoolStorage", 3), 0, [3], [1]), ("a/data/0", [0, 1, 2]));

        Assert.Contains("neither 0 nor 1", Forgery.Refusal(file), StringComparison.Ordinal);
    }

    private static byte[] Window(long offset, long[] shape, long[] strides) => Forgery.Archive(
        Forgery.Tensor(Forgery.Storage("FloatStorage", 6), offset, shape, strides), ("a/data/0", _sixFloats));

    private static void AssertRefused(string expected, long offset, long[] shape, long[] strides) =>
        Assert.Contains(expected, Forgery.Refusal(Window(offset, shape, strides)), StringComparison.Ordinal);

    private static (string Message, long Allocated) Measure(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Forgery.Refusal(file);
        return (message, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
