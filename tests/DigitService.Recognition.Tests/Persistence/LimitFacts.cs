using System.Buffers.Binary;
using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

/// <summary>Files that are small and mean to cost much.</summary>
public sealed class LimitFacts
{
    private const int Levels = 100_000;

    [Fact]
    public void AStorageOfZerosThatUnfoldsAThousandfoldIsRefusedBeforeMemoryIsTaken()
    {
        const int count = 16 << 20;
        var file = Forgery.Archive(
            Forgery.Tensor(Forgery.Storage("FloatStorage", count), 0, [count], [1]), ("a/data/0", new byte[count * 4]));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Forgery.Refusal(file);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("unfolds to more bytes", message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 4 << 20);
        Assert.IsType<PthTensor>(Forgery.Read(file, new PthLimits { MaximumExpansion = 2000 }));
    }

    [Theory]
    [InlineData(100, "does not match")] // more comes out than the header says
    [InlineData(210_000, "damaged or cut short")] // less does
    [InlineData(30_000_000, "cannot be")] // more than deflate can make of it
    public void AHeaderThatLiesAboutWhatAPickleUnfoldsToIsRefused(int claim, string expected)
    {
        var pickle = Encoding.Latin1.GetBytes(Forgery.Start + Forgery.Text(new string('a', 200_000)) + ".");
        var file = Forgery.Zip(("a/version", "3\n"u8.ToArray()), ("a/data.pkl", pickle));
        var directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + 24), claim);

        Assert.Contains(expected, Forgery.Refusal(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(")", "\u0085")] // tuples within tuples: the stack stays short
    [InlineData("]", "\u0085")]
    public void NestingOfAnyDepthIsRefusedWithoutOverflowingTheStack(string innermost, string wrap)
    {
        var pickle = innermost + string.Concat(Enumerable.Repeat(wrap, Levels));

        Assert.Contains("more than 64 deep", Forgery.Refusal(Forgery.Archive(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void ListsAndDictionariesWithinEachOtherAreRefusedWithoutOverflowingTheStack()
    {
        var lists = new string(']', Levels) + new string('a', Levels - 1);
        var dictionaries = string.Concat(Enumerable.Repeat("}K\0", Levels)) + "N" + new string('s', Levels);
        var marks = new string('(', Levels) + new string('t', Levels);
        var shared = "(]q\0" + string.Concat(Enumerable.Repeat("]h\0aq\0", Levels)) + "t";

        foreach (var pickle in new[] { lists, dictionaries, marks, shared })
        {
            Assert.Contains("more than 64 deep", Forgery.Refusal(Forgery.Archive(pickle)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NestingUpToTheLimitIsRead()
    {
        var limits = new PthLimits { MaximumDepth = 3 };

        Assert.NotNull(Forgery.Read(Forgery.Archive("]\u0085\u0085"), limits));
        Forgery.Refusal(Forgery.Archive("]\u0085\u0085\u0085"), limits);
    }

    [Fact]
    public void APartThatIsShallowInOnePlaceAndDeepInAnotherCountsAtItsDeepest()
    {
        var shared = ")\u0085\u0085q\0"; // three levels, first met at the second and then at the third
        var limits = new PthLimits { MaximumDepth = 5 };

        Assert.NotNull(Forgery.Read(Forgery.Archive($"({shared}h\0\u0085t"), limits));
        Forgery.Refusal(Forgery.Archive($"({shared}h\0\u0085\u0085t"), limits);
    }

    [Theory]
    [InlineData("]q\0h\0a")] // a list in itself
    [InlineData("}q\0K\u0001h\0s")] // a dictionary in itself
    [InlineData("]q\0]q\u0001h\0ah\u0001h\0a\u0087a")] // by way of others
    public void AContainerThatContainsItselfIsRefused(string pickle) => Forgery.Refusal(Forgery.Archive(pickle));

    [Fact]
    public void FewBytesThatStandForEndlessValuesAreRefused()
    {
        var doublings = Enumerable.Range(0, 60).Select(level => $"q{(char)level}h{(char)level}\u0086");
        var pickle = "K\u0001" + string.Concat(doublings);

        Assert.Contains("more than 2000000 values", Forgery.Refusal(Forgery.Archive(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void EachLimitIsKept()
    {
        var tensor = Forgery.Tensor(Forgery.Storage("ByteStorage", 4), 0, [4], [1]);
        var one = Forgery.Archive(tensor, ("a/data/0", new byte[4]));
        var two = Forgery.Archive(tensor + tensor + "\u0086", ("a/data/0", new byte[4]));
        var values = Forgery.Archive("]" + string.Concat(Enumerable.Repeat("Na", 100)));
        var kept = Forgery.Archive("N" + new string('\u0094', 100));

        Assert.NotNull(Forgery.Read(two, new PthLimits { MaximumTensors = 2, MaximumTotalBytes = 8 }));
        AssertRefused(two, new PthLimits { MaximumTensors = 1 }, "more than 1 tensors");
        AssertRefused(two, new PthLimits { MaximumTotalBytes = 7 }, "more than 7 bytes");
        AssertRefused(one, new PthLimits { MaximumPickleBytes = 10 }, "where 10 are the limit");
        AssertRefused(values, new PthLimits { MaximumValues = 100 }, "more than 100 values");
        AssertRefused(kept, new PthLimits { MaximumValues = 99 }, "99 the limit");

        static void AssertRefused(byte[] file, PthLimits limits, string expected) =>
            Assert.Contains(expected, Forgery.Refusal(file, limits), StringComparison.Ordinal);
    }

    [Fact]
    public void AStreamThatDoesNotEndIsRefusedAtTheLimit()
    {
        using var stream = new ForwardOnlyStream(new MemoryStream(new byte[2000]));
        var limits = new PthLimits { MaximumTotalBytes = 1000 };

        var refusal = Assert.Throws<PthFormatException>(() => PthFile.Read(stream, "model.pth", limits));
        Assert.Contains("more than 1000 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysChosenToCollideAreReadAsFastAsOthers()
    {
        // A long whose halves are equal hashes to 0 with its own GetHashCode.
        var keys = Enumerable.Range(1, 200_000).Select(half => Forgery.Integer(((long)half << 32) | (uint)half) + "N");
        var file = Forgery.Archive($"}}({string.Concat(keys)}u");
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(200_000, Assert.IsType<PthDictionary>(Forgery.Read(file)).Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }
}
