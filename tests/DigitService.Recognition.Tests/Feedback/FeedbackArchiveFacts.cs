using System.IO.Compression;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;

namespace DigitService.Recognition.Tests.Feedback;

public sealed class FeedbackArchiveFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnExportIsPngsInFoldersAndImportsAsWhatItWas()
    {
        var store = Open("one");
        store.AddAll(
        [
            FeedbackPictures.New(1, 7), FeedbackPictures.New(2, 0), FeedbackPictures.New(3, DigitImages.NoDigit),
            FeedbackPictures.Of(FeedbackPictures.Bmp(4), 4),
        ]);
        using var file = await ExportAsync(store);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            Assert.Equal(["0", "4", "7", "none"], zip.Entries.Select(entry => entry.FullName.Split('/')[0]).Order());
            Assert.All(zip.Entries, entry => Assert.EndsWith(".png", entry.FullName, StringComparison.Ordinal));
            using var seven = zip.Entries.Single(entry => entry.FullName[0] == '7').Open();
            using var bytes = new MemoryStream();
            await seven.CopyToAsync(bytes);
            Assert.Equal(FeedbackPictures.Png(1), bytes.ToArray());
        }

        Assert.Equal((0, 0, 4, 0), Counts(new FeedbackImport(store).Run(file)));

        // Elsewhere the BMP, which is a PNG now, is another picture.
        var other = Open("other");
        Assert.Equal((4, 0, 0, 0), Counts(new FeedbackImport(other).Run(file)));
        Assert.Equal([0, 4, 7, DigitImages.NoDigit], other.List().Select(entry => entry.Sample!.Label).Order());
        Assert.All(other.List(), entry => Assert.Equal(("image/png", FeedbackSource.Imported), (entry.Sample!.MediaType, entry.Sample.Source)));
        using var again = await ExportAsync(other);
        Assert.Equal((0, 0, 4, 0), Counts(new FeedbackImport(other).Run(again)));
    }

    [Fact]
    public void FoldersWithinAnotherOneAreReadAndLabelsAreCorrected()
    {
        var store = Open("feedback");
        store.Add(FeedbackPictures.New(1, 7));
        using var file = Zip(("train/3/a.png", FeedbackPictures.Png(1)), ("train/None/b.png", FeedbackPictures.Png(2)), ("train/3/", []));
        Assert.Equal((1, 1, 0, 0), Counts(new FeedbackImport(store).Run(file)));
        Assert.Equal(3, store.Get(FeedbackSample.IdOf(FeedbackPictures.Png(1))).Label);
    }

    [Fact]
    public void MorePicturesThanFitAreToldOneByOne()
    {
        var store = new FeedbackStore(_folder.File("feedback"), new FeedbackLimits { MaximumSamples = 70 });
        using var file = Zip([.. Enumerable.Range(0, 200).Select(i => ($"{i % 10}/{i}.png", FeedbackPictures.Png(i)))]);
        var report = new FeedbackImport(store).Run(file);
        Assert.Equal((70, 0, 0, 130), Counts(report));
        Assert.All(report.Reasons, skipped => Assert.Equal("The store is full.", skipped.Reason));
        Assert.Equal(70, store.Count);
    }

    [Fact]
    public void AnImportThatIsCancelledKeepsWhatItHasAndGoesOnFromThere()
    {
        var store = Open("feedback");
        using var file = Zip([.. Enumerable.Range(0, 150).Select(i => ($"1/{i}.png", FeedbackPictures.Png(i)))]);
        using var cancellation = new CancellationTokenSource();
        var import = new FeedbackImport(store, classify: _ =>
        {
            cancellation.Cancel();
            return null;
        });
        Assert.Throws<OperationCanceledException>(() => import.Run(file, cancellation.Token));
        Assert.Equal(64, store.Count);
        Assert.Equal((86, 0, 64, 0), Counts(new FeedbackImport(store).Run(file)));
    }

    internal static MemoryStream Zip(params (string Name, byte[] Content)[] entries)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(bytes);
            }
        }

        return file;
    }

    internal static (int Added, int Corrected, int Unchanged, int Skipped) Counts(FeedbackImportReport report) =>
        (report.Added, report.Corrected, report.Unchanged, report.Skipped);

    private FeedbackStore Open(string name) => new(_folder.File(name));

    private static async Task<MemoryStream> ExportAsync(FeedbackStore store)
    {
        var file = new MemoryStream();
        var samples = store.List().Select(entry => entry.Sample!).ToList();
        Assert.Equal(samples.Count, await FeedbackExport.WriteAsync(store, samples, file));
        return file;
    }
}
