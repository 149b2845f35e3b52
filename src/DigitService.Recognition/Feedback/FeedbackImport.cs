using System.IO.Compression;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// Takes in a ZIP of pictures in folders named as their labels, as <see cref="FeedbackExport"/> and other programs write
/// it, within another folder or not. An entry that cannot be taken in is skipped, with the reason; the others are not
/// kept from their place by it.
/// </summary>
/// <param name="store">Where they go.</param>
/// <param name="mode">How pictures become what the network sees.</param>
/// <param name="classify">What is answered to pictures of 784 pixels, in their order; null to ask nothing.</param>
/// <param name="limits">What the archive may cost; the defaults where null.</param>
public sealed class FeedbackImport(
    FeedbackStore store,
    PreprocessMode mode = PreprocessMode.Mnist,
    Func<IReadOnlyList<byte[]>, IReadOnlyList<Classification>?>? classify = null,
    FeedbackImportLimits? limits = null)
{
    private const int BatchSize = 64;
    private const int LongestName = 100;
    private const int MostReasons = 1_000;

    private readonly FeedbackImportLimits _limits = limits ?? new FeedbackImportLimits();
    private readonly List<(string Name, NewFeedback Picture)> _batch = [];
    private readonly List<SkippedEntry> _reasons = [];
    private readonly int[] _outcomes = new int[Enum.GetValues<FeedbackOutcome>().Length];
    private int _skipped;
    private bool _isFull;

    /// <summary>Takes in all that can be. What was taken in before it is cancelled, or fails, stays. To be called once.</summary>
    /// <param name="file">The archive, which can be sought.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <exception cref="InvalidInputException">The file is no ZIP, or one that is not to be read at all. Nothing was taken in.</exception>
    /// <exception cref="EntryConflictException">Another process has been changing the store for too long.</exception>
    /// <exception cref="IOException">The disk is full, or the store's folder cannot be written to.</exception>
    public FeedbackImportReport Run(Stream file, CancellationToken cancellation = default)
    {
        ZipDirectory.Require(file, _limits.MaximumEntries);
        using var zip = Open(file);
        ArchiveReader.RequireApart(zip, file.Length);
        var reader = new ArchiveReader(_limits);
        var stored = store.List().Where(entry => entry.Sample is { MediaType: not PictureType.Png }).Select(entry => entry.Id).ToHashSet();
        foreach (var entry in zip.Entries.Where(entry => !ArchivePath.IsFolder(entry)))
        {
            cancellation.ThrowIfCancellationRequested();
            var path = ArchivePath.Of(entry);
            if (path.Label is not { } label)
            {
                Skip(entry.FullName, path.Reason);
            }
            else if (_isFull || reader.IsExhausted)
            {
                Skip(entry.FullName, _isFull ? "The store is full." : "The ZIP has more than is accepted at once. Split it.");
            }
            else if (!stored.Contains(Path.GetFileNameWithoutExtension(entry.Name)) || !TryRelabel(Path.GetFileNameWithoutExtension(entry.Name), label))
            {
                Read(reader, entry, label);
            }
        }

        Store();
        return new FeedbackImportReport(
            _outcomes[(int)FeedbackOutcome.Added],
            _outcomes[(int)FeedbackOutcome.Corrected],
            _outcomes[(int)FeedbackOutcome.Unchanged],
            _skipped,
            _reasons);
    }

    private static ZipArchive Open(Stream file)
    {
        ZipArchive? zip = null;
        try
        {
            // The directory is read with the first question for its entries.
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries;
            return zip;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException or ArgumentException)
        {
            zip?.Dispose();
            throw new InvalidInputException($"The ZIP is damaged or cut short ({error.Message})", error);
        }
    }

    // An export has a picture that did not come as a PNG in another form than the store, under its id.
    private bool TryRelabel(string id, int label)
    {
        try
        {
            var isSame = store.Get(id).Label == label;
            store.SetLabel(id, label);
            Count(isSame ? FeedbackOutcome.Unchanged : FeedbackOutcome.Corrected);
            return true;
        }
        catch (EntryNotFoundException)
        {
            // Deleted by somebody else in the meantime.
            return false;
        }
    }

    private void Read(ArchiveReader reader, ZipArchiveEntry entry, int label)
    {
        try
        {
            var picture = reader.ReadBytes(entry);
            if (Preprocessor.Process(reader.Decode(picture), mode) is not { } input)
            {
                Skip(entry.FullName, "Nothing is drawn in the picture.");
                return;
            }

            _batch.Add((entry.FullName, new NewFeedback(picture, input, label, FeedbackSource.Imported, null)));
        }
        catch (ImageException error)
        {
            Skip(entry.FullName, error.Message);
        }

        if (_batch.Count == BatchSize)
        {
            Store();
        }
    }

    private void Store()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var answers = classify?.Invoke([.. _batch.Select(entry => entry.Picture.Input)]);
        var stored = store.AddAll(
            [.. _batch.Select((entry, i) => entry.Picture with { Prediction = answers is null ? null : FeedbackPrediction.Of(answers[i]) })]);
        foreach (var picture in stored)
        {
            Count(picture.Outcome);
        }

        _isFull = stored.Count < _batch.Count;
        foreach (var (name, _) in _batch.Skip(stored.Count))
        {
            Skip(name, "The store is full.");
        }

        _batch.Clear();
    }

    private void Count(FeedbackOutcome outcome) => _outcomes[(int)outcome]++;

    private void Skip(string name, string reason)
    {
        _skipped++;
        if (_reasons.Count < MostReasons)
        {
            _reasons.Add(new SkippedEntry(name.Length <= LongestName ? name : name[..LongestName] + "…", reason));
        }
    }
}
