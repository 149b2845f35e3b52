using System.Collections;
using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Tests.Data;

public class BatchLoaderFacts
{
    private static DigitImages Images => Mnist.Whole.Train;

    [Fact]
    public void BatchesComeInOrderWithTheirImagesAndLabels()
    {
        int[][] numbers = [[5, 3, 5], [59_999], [0, 1, 2, 4]];
        using var loader = new BatchLoader(Images, [.. numbers.Select(batch => (ReadOnlyMemory<int>)batch)], 1, null);
        foreach (var batch in numbers)
        {
            var images = loader.Next();
            Assert.Equal(batch.Length, images.Count);
            for (var i = 0; i < batch.Length; i++)
            {
                Assert.Equal(Images.Image(batch[i]), images.Image(i));
                Assert.Equal(Images.Label(batch[i]), images.Label(i));
            }
        }
    }

    [Fact]
    public void ExtrasJoinEveryBatchAndAreAugmentedToo()
    {
        var extras = new Extras(drawnDigits: 0.2, nonDigits: 0.5, Images, [0, 1, 2], seed: 4);
        var augmenter = new Augmenter(Augmentation.World, seed: 4);
        int[] numbers = [5, 3, 9, 11, 8, 0, 2, 4, 6, 10];
        using var loader = new BatchLoader(Images, [numbers], epoch: 3, augmenter, extras);
        var images = loader.Next();
        Assert.Equal(17, images.Count);
        Assert.All(Enumerable.Range(10, 2), i => Assert.InRange(images.Label(i), 0, 9));
        Assert.All(Enumerable.Range(12, 5), i => Assert.Equal(DigitImages.NoDigit, images.Label(i)));

        var (made, expected) = (new byte[DigitImages.Pixels], new byte[DigitImages.Pixels]);
        for (var i = 0; i < 7; i++)
        {
            extras.Make(numbers, i, 3, made);
            augmenter.Augment(made, expected, 3, Extras.Stream(numbers, i), isOwn: false);
            Assert.Equal(expected, images.Image(10 + i));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void AugmentedImagesAreTheSameHoweverFarAhead(int ahead)
    {
        var augmenter = new Augmenter(Augmentation.Elastic, seed: 4);
        using var loader = new BatchLoader(Images, Batches(20), epoch: 3, augmenter, ahead: ahead);
        var expected = new byte[DigitImages.Pixels];
        for (var i = 0; i < 20; i++)
        {
            var images = loader.Next();
            augmenter.Augment(Images.Image((i * 10) + 7), expected, epoch: 3, image: (i * 10) + 7);
            Assert.Equal(expected, images.Image(7));
        }
    }

    [Fact]
    public void AfterTheLastBatchThereIsNone()
    {
        using var loader = new BatchLoader(Images, Batches(1), 1, null);
        loader.Next();
        var error = Assert.Throws<InvalidOperationException>(loader.Next);
        Assert.Equal("Every batch has been taken.", error.Message);
    }

    [Fact]
    public void AnErrorOfTheThreadReachesTheCallerAfterTheBatchesBeforeIt()
    {
        ReadOnlyMemory<int>[] batches = [new[] { 1, 2 }, new[] { 60_000 }, new[] { 3 }];
        using var loader = new BatchLoader(Images, batches, 1, null);
        Assert.Equal(2, loader.Next().Count);
        Assert.Throws<ArgumentOutOfRangeException>(loader.Next);
        Assert.Throws<ArgumentOutOfRangeException>(loader.Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void DisposalEndsTheThreadWhereverItIs(int taken)
    {
        var batches = new WatchedBatches(Batches(100));
        var loader = new BatchLoader(Images, batches, 1, null, ahead: 2);
        for (var i = 0; i < taken; i++)
        {
            loader.Next();
        }

        loader.Dispose();
        Assert.False(batches.Thread?.IsAlive);

        // Two may wait to be taken, and a third to be put there.
        Assert.InRange(batches.Begun, taken, taken + 3);
    }

    private static ReadOnlyMemory<int>[] Batches(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<int>)Enumerable.Range(i * 10, 10).ToArray())];

    private sealed class WatchedBatches(ReadOnlyMemory<int>[] batches) : IReadOnlyList<ReadOnlyMemory<int>>
    {
        internal Thread? Thread { get; private set; }

        internal int Begun { get; private set; }

        public int Count => batches.Length;

        public ReadOnlyMemory<int> this[int index] => batches[index];

        public IEnumerator<ReadOnlyMemory<int>> GetEnumerator()
        {
            Thread = Thread.CurrentThread;
            foreach (var batch in batches)
            {
                Begun++;
                yield return batch;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
