using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class DatasetSplitFacts
{
    private static DigitImages Images => Mnist.Whole.Train;

    [Fact]
    public void EveryImageIsInOneOfTheTwo()
    {
        var split = DatasetSplit.Stratified(Images, 5_000, null, seed: 1);
        Assert.Equal(5_000, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, Images.Count), split.Train.Concat(split.Validation).Order());
        Assert.Equal(split.Train.Order(), split.Train);
        Assert.Equal(split.Validation.Order(), split.Validation);
    }

    [Theory]
    [InlineData(5_000, null)]
    [InlineData(10_000, 1_000)]
    [InlineData(123, 457)]
    public void EveryDigitHasItsShare(int validationSize, int? trainSize)
    {
        var split = DatasetSplit.Stratified(Images, validationSize, trainSize, seed: 2);
        Assert.Equal(trainSize ?? (Images.Count - validationSize), split.Train.Length);
        var whole = Digits(Enumerable.Range(0, Images.Count));
        foreach (var part in new[] { split.Train, split.Validation })
        {
            var digits = Digits(part);
            for (var digit = 0; digit < DigitImages.Classes; digit++)
            {
                // The training images are a share of what validation leaves, which is itself rounded.
                Assert.Equal((double)whole[digit] * part.Length / Images.Count, digits[digit], 1.5);
            }
        }
    }

    [Fact]
    public void LargestRemaindersAreRoundedUp()
    {
        // Of 3 among 5 zeros, 4 ones and 2 twos the shares are 1.36, 1.09 and 0.55.
        var images = new DigitImages(new byte[11 * DigitImages.Pixels], [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
        var split = DatasetSplit.Stratified(images, 3, null, seed: 1);
        Assert.Equal([0, 1, 2], split.Validation.Select(images.Label));
    }

    [Fact]
    public void TheSeedDecides()
    {
        var one = DatasetSplit.Stratified(Images, 1_000, 500, seed: 1);
        var same = DatasetSplit.Stratified(Images, 1_000, 500, seed: 1);
        var other = DatasetSplit.Stratified(Images, 1_000, 500, seed: 2);
        Assert.Equal(one.Train, same.Train);
        Assert.Equal(one.Validation, same.Validation);

        // Of 1,000 in 60,000, two draws have 17 in common on average.
        Assert.InRange(one.Validation.Intersect(other.Validation).Count(), 0, 50);
    }

    [Fact]
    public void ValidationDoesNotDependOnTheTrainingSize()
    {
        var large = DatasetSplit.Stratified(Images, 1_000, 10_000, seed: 1);
        var small = DatasetSplit.Stratified(Images, 1_000, 100, seed: 1);
        Assert.Equal(large.Validation, small.Validation);
        Assert.Subset(large.Train.ToHashSet(), small.Train.ToHashSet());
    }

    [Fact]
    public void NoValidationAndAllButOneAreAccepted()
    {
        Assert.Equal(Images.Count, DatasetSplit.Stratified(Images, 0, null, seed: 1).Train.Length);
        Assert.Empty(DatasetSplit.Stratified(Images, 0, null, seed: 1).Validation);
        Assert.Single(DatasetSplit.Stratified(Images, Images.Count - 1, null, seed: 1).Train);
    }

    [Theory]
    [InlineData(-1, null, "ValidationSize is -1; accepted: 0 to 59,999.")]
    [InlineData(60_000, null, "ValidationSize is 60000; accepted: 0 to 59,999.")]
    [InlineData(5_000, 0, "TrainSize is 0; accepted: 1 to 55,000.")]
    [InlineData(5_000, 55_001, "TrainSize is 55001; accepted: 1 to 55,000.")]
    public void SizesThatDoNotFitAreRefusedWithThoseThatDo(int validationSize, int? trainSize, string message)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => DatasetSplit.Stratified(Images, validationSize, trainSize, seed: 1));
        Assert.Equal(message, error.Message);
    }

    private static int[] Digits(IEnumerable<int> images)
    {
        var counts = new int[DigitImages.Classes];
        foreach (var image in images)
        {
            counts[Images.Label(image)]++;
        }

        return counts;
    }
}
