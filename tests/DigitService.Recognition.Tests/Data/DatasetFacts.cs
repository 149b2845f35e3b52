using System.IO.Compression;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Feedback;

namespace DigitService.Recognition.Tests.Data;

public sealed class DatasetFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Scans => _folder.File("scans");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train", "t10k", "")]
    [InlineData("train", "t10k", ".gz")]
    [InlineData("mine-train", "mine-test", ".gz")]
    public void IdxFilesUnderMnistsNamesAreRead(string train, string test, string ending)
    {
        DatasetFiles.WriteIdx(Scans, train, DatasetFiles.Train, 60, ending);
        DatasetFiles.WriteIdx(Scans, test, DatasetFiles.Test, 20, ending);
        Assert.Equal(new DatasetInfo("scans", 60, 20, DatasetKind.Idx, null), Describe());
        var data = Read();
        RequireEqual(DatasetFiles.Train, data.Images.Train, 60);
        RequireEqual(DatasetFiles.Test, data.Images.Test, 20);
        Assert.Equal(("scans", "scans"), (data.Name, data.EvaluatedOn));
    }

    [Fact]
    public void EmnistsImagesAreTurnedAndItsDigitsAreFoundAmongItsOtherSets()
    {
        DatasetFiles.WriteIdx(Scans, "emnist-letters-train", DatasetFiles.Train, 30, ".gz", firstLabel: 11);
        DatasetFiles.WriteIdx(Scans, "emnist-digits-train", DatasetFiles.Train, 60, ".gz", isTransposed: true);
        DatasetFiles.WriteIdx(Scans, "emnist-digits-test", DatasetFiles.Test, 20, ".gz", isTransposed: true);
        Assert.Equal((60, 20), (Describe().Images, Describe().TestImages));
        var data = Read();
        RequireEqual(DatasetFiles.Train, data.Images.Train, 60);
        RequireEqual(DatasetFiles.Test, data.Images.Test, 20);
    }

    [Fact]
    public void WithoutTestImagesMnistsAreTaken()
    {
        DatasetFiles.WriteIdx(Scans, "train", DatasetFiles.Train, 60);
        var data = Read();
        Assert.Equal((DatasetFiles.Test.Fingerprint, "mnist"), (data.Images.Test.Fingerprint, data.EvaluatedOn));
        Assert.Equal(0, Describe().TestImages);

        // They are MNIST's under another name, too.
        DatasetFiles.WriteIdx(Scans, "t10k", DatasetFiles.Test, DatasetFiles.Test.Count);
        Assert.Equal("mnist", Read().EvaluatedOn);
    }

    [Fact]
    public void LettersAreRefusedInASentence()
    {
        DatasetFiles.WriteIdx(Scans, "emnist-letters-train", DatasetFiles.Train, 60, firstLabel: 8);
        Assert.Contains("labels are 0 to 9.", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesInFoldersAreReadAsThePreprocessingMakesThem()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        File.WriteAllText(Path.Combine(Scans, "LICENSE"), "Mine.");
        Assert.Equal(new DatasetInfo("scans", 60, 0, DatasetKind.Folders, null), Describe());
        var data = Read();
        Assert.Equal((60, "mnist"), (data.Images.Train.Count, data.EvaluatedOn));
        Assert.Empty(data.Skipped);

        // Digit after digit, and by name within each.
        Assert.Equal(Enumerable.Range(0, 60).Select(DatasetFiles.Train.Label).Order(), Enumerable.Range(0, 60).Select(data.Images.Train.Label));
        var zero = Enumerable.Range(0, 60).First(i => DatasetFiles.Train.Label(i) == 0);
        var expected = Preprocessor.Process(ImageDecoder.Default.Decode(DatasetFiles.Png(DatasetFiles.Train.Image(zero))))!;
        Assert.Equal(expected, data.Images.Train.Image(0).ToArray());
        Assert.Equal(data.Images.Train.Fingerprint, Read().Images.Train.Fingerprint);
    }

    [Fact]
    public void PicturesBelowTrainAndTestAreBoth()
    {
        DatasetFiles.WritePictures(Path.Combine(Scans, "train"), DatasetFiles.Train, 60);
        DatasetFiles.WritePictures(Path.Combine(Scans, "test"), DatasetFiles.Test, 7);
        var data = Read();
        Assert.Equal((60, 7, "scans"), (data.Images.Train.Count, data.Images.Test.Count, data.EvaluatedOn));
        Assert.Equal((60, 7), (Describe().Images, Describe().TestImages));
    }

    [Fact]
    public void WhatIsNoDigitIsForNetworksThatTellAndIsNeverHeldOut()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        Directory.CreateDirectory(Path.Combine(Scans, "none"));
        File.WriteAllBytes(Path.Combine(Scans, "none", "stroke.png"), FeedbackPictures.Png(1));
        Assert.Equal(60, Read(withNonDigits: false).Images.Train.Count);
        var images = Read(withNonDigits: true).Images.Train;
        Assert.Equal((61, DigitImages.NoDigit), (images.Count, images.Label(60)));
        var split = DatasetSplit.Stratified(images, 20, null, seed: 1);
        Assert.Equal((41, 20), (split.Train.Length, split.Validation.Length));
        Assert.Contains(60, split.Train);
        var few = DatasetSplit.Stratified(images, 20, 10, seed: 1).Train;
        Assert.Equal((11, 60), (few.Length, few[^1]));
    }

    [Fact]
    public void PicturesThatCannotBeReadAreLeftOutAndNamedWithTheReason()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        var seven = Path.Combine(Scans, "7");
        File.WriteAllBytes(Path.Combine(seven, "broken.png"), FeedbackPictures.Png(1)[..50]);
        File.WriteAllText(Path.Combine(seven, "notes.txt"), "Sevens with a bar.");
        File.WriteAllBytes(Path.Combine(seven, "blank.png"), DatasetFiles.Png(new byte[DigitImages.Pixels]));
        File.WriteAllText(Path.Combine(seven, ".hidden"), "");
        File.WriteAllText(Path.Combine(seven, "Thumbs.db"), "");
        var data = Read();
        Assert.Equal(60, data.Images.Train.Count);
        Assert.Equal(["7/blank.png", "7/broken.png", "7/notes.txt"], data.Skipped.Select(picture => picture.Name));
        Assert.Equal("Nothing is drawn in it.", data.Skipped[0].Reason);
        Assert.All(data.Skipped, picture => Assert.EndsWith(".", picture.Reason, StringComparison.Ordinal));
        Assert.Equal(63, Describe().Images);
    }

    [Fact]
    public void AFolderThatIsNoLabelIsNamed()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        Directory.CreateDirectory(Path.Combine(Scans, "eight"));
        Assert.Contains("scans/eight is not the folder of a label; accepted: 0 to 9, or none for what is not a digit.", Refusal(), StringComparison.Ordinal);
        Assert.Equal(0, Describe().Images);
        Directory.Delete(Path.Combine(Scans, "eight"));
        DatasetFiles.WritePictures(Path.Combine(Scans, "train"), DatasetFiles.Train, 60);
        Assert.Contains("is neither train nor test", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADigitWithoutPicturesIsNamed()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        foreach (var path in Directory.GetFiles(Path.Combine(Scans, "4")))
        {
            File.WriteAllText(path, "no picture");
        }

        var error = Assert.Throws<DatasetException>(() => Read()).Message;
        Assert.Contains("scans has no picture of a 4 to learn from: no picture in its folder can be read, such as 4/", error, StringComparison.Ordinal);
        Array.ForEach(Directory.GetFiles(Path.Combine(Scans, "4")), File.Delete);
        Assert.Contains("no picture of a 4 to learn from: there is no file in its folder.", Refusal(), StringComparison.Ordinal);
        DatasetFiles.WriteIdx(Scans, "train", DatasetFiles.Train, 5);
        Assert.Contains("has no image of a 2 to learn from", Assert.Throws<DatasetException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoDatasetIsToldWhatIsAccepted()
    {
        Assert.Contains("scans is missing. Accepted: a folder with IDX files under MNIST's names", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(Scans, "notes"));
        Assert.Contains("scans is no dataset; accepted: IDX files under MNIST's names", Refusal(), StringComparison.Ordinal);
        DatasetFiles.WriteIdx(Scans, "t10k", DatasetFiles.Test, 20);
        Assert.Contains("has test images, but none to learn from", Refusal(), StringComparison.Ordinal);
        DatasetFiles.WriteIdx(Scans, "a-train", DatasetFiles.Train, 60);
        DatasetFiles.WriteIdx(Scans, "b-train", DatasetFiles.Train, 60);
        Assert.Contains("has several sets to learn from (a-train-images-idx3-ubyte, b-train-images-idx3-ubyte)", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(Scans, "a-train-images-idx3-ubyte"), [0, 0, 9, 3]);
        File.Delete(Path.Combine(Scans, "b-train-images-idx3-ubyte"));
        Assert.Contains("is not an IDX file of bytes", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheArchiveOfCorrectedPicturesIsADatasetOnceItIsUnpacked()
    {
        var store = new FeedbackStore(_folder.File("feedback"));
        for (var i = 0; i < 60; i++)
        {
            store.Add(FeedbackPictures.Of(DatasetFiles.Png(DatasetFiles.Train.Image(i)), DatasetFiles.Train.Label(i)));
        }

        store.Add(FeedbackPictures.New(1, DigitImages.NoDigit));
        using var zip = new MemoryStream();
        await FeedbackExport.WriteAsync(store, store.List().Select(entry => entry.Sample!), zip);
        ZipFile.ExtractToDirectory(zip, Scans);
        Assert.Equal(new DatasetInfo("scans", 61, 0, DatasetKind.Folders, null), Describe());
        Assert.Equal((60, 61), (Read().Images.Train.Count, Read(withNonDigits: true).Images.Train.Count));
    }

    [Fact]
    public void TheCatalogueListsMnistAndTheFoldersBesideItAndReadsThemByName()
    {
        var root = _folder.File("data");
        DatasetFiles.WriteIdx(Path.Combine(root, "mnist"), "train", DatasetFiles.Train, 40, ".gz");
        DatasetFiles.WriteIdx(Path.Combine(root, "mnist"), "t10k", DatasetFiles.Test, 10, ".gz");
        DatasetFiles.WritePictures(Path.Combine(root, "scans"), DatasetFiles.Train, 60);
        foreach (var other in new[] { "runs", ".hidden", "my scans", "broken/eight", "broken/1" })
        {
            Directory.CreateDirectory(Path.Combine(root, other));
        }

        var catalog = new DatasetCatalog(root, Path.Combine(root, "mnist"), Path.Combine(root, "runs"));
        var listed = catalog.List();
        Assert.Equal(["mnist", "broken", "my scans", "scans"], listed.Select(info => info.Name));
        Assert.All([listed[0], listed[3]], info => Assert.Null(info.Error));
        Assert.Equal("data/broken/eight is not the folder of a label; accepted: 0 to 9, or none for what is not a digit.", listed[1].Error);
        Assert.Equal((40, 10), (catalog.Read("mnist", false).Images.Train.Count, catalog.Read("scans", false).Images.Test.Count));
        Assert.Equal("There is no dataset other. There is: mnist, scans.", Assert.Throws<EntryNotFoundException>(() => catalog.Get("other")).Message);
        Assert.Throws<EntryNotFoundException>(() => catalog.Get("runs"));
        foreach (var path in new[] { "..", "../scans", "/etc", "a/b", "" })
        {
            Assert.Contains("is not the name of a dataset", Assert.Throws<InvalidInputException>(() => catalog.Get(path)).Message, StringComparison.Ordinal);
        }

        Assert.StartsWith("data/broken/eight", Assert.Throws<DatasetException>(() => catalog.Read("broken", false)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => catalog.Read("scans", false, new CancellationToken(canceled: true)));
    }

    private static void RequireEqual(DigitImages expected, DigitImages actual, int count)
    {
        Assert.Equal(count, actual.Count);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(expected.Label(i), actual.Label(i));
            Assert.True(expected.Image(i).SequenceEqual(actual.Image(i)), $"image {i}");
        }
    }

    private DatasetInfo Describe() => DatasetFolder.Describe(Scans, "scans");

    private Dataset Read(bool withNonDigits = false) => DatasetFolder.Read(Scans, "scans", MnistDataset.FindFolder(), withNonDigits);

    /// <summary>Why it is refused: in the same words whether it is only looked at, or read.</summary>
    private string Refusal()
    {
        var error = Assert.Throws<DatasetException>(() => Read()).Message;
        Assert.Equal(Describe().Error ?? error, error);
        return error;
    }
}
