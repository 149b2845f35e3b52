using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>The two files of one sample: what is known of it, and the picture as it came.</summary>
internal sealed class FeedbackFolder
{
    private readonly string _path;
    private readonly string _shownAs;

    /// <param name="path">The sample's folder.</param>
    /// <param name="shownAs">What messages call the folder that it is in.</param>
    internal FeedbackFolder(string path, string shownAs)
    {
        _path = path;
        _shownAs = shownAs;
    }

    internal string RecordPath => Path.Combine(_path, "sample.json");

    /// <summary>Makes the folder, where nobody looks into it yet.</summary>
    /// <param name="sample">What is known of it.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="isFlushed">Whether each file is brought to the disk now; else the caller does that for many of them.</param>
    internal void Make(FeedbackSample sample, ReadOnlySpan<byte> picture, bool isFlushed)
    {
        Directory.CreateDirectory(_path);
        WriteNew(PicturePath(sample), picture, isFlushed);
        WriteNew(RecordPath, RecognitionJson.Bytes(sample), isFlushed);
        if (isFlushed)
        {
            DurableFolder.Flush(_path);
        }
    }

    /// <summary>
    /// Says something else of the sample. What is not whole yet lies beside the sample's folder, where leftovers are
    /// removed from.
    /// </summary>
    internal void Replace(FeedbackSample sample)
    {
        var temporary = TemporaryEntry.NewPath(Path.GetDirectoryName(_path)!);
        try
        {
            WriteNew(temporary, RecognitionJson.Bytes(sample), isFlushed: true);
            File.Move(temporary, RecordPath, overwrite: true);
        }
        catch
        {
            TemporaryEntry.TryDelete(temporary);
            throw;
        }

        DurableFolder.Flush(_path);
    }

    /// <exception cref="DamagedEntryException">A file is missing or nonsense.</exception>
    internal FeedbackSample Read()
    {
        var sample = RecognitionJson.Read<FeedbackSample>(RecordPath, Shown(RecordPath));
        if (sample.ProblemIn(Path.GetFileName(_path)) is { } problem)
        {
            throw RecognitionJson.Damaged(Shown(RecordPath), problem);
        }

        var picture = new FileInfo(PicturePath(sample));
        return picture.Exists && picture.Length == sample.Size
            ? sample
            : throw RecognitionJson.Damaged(Shown(picture.FullName), picture.Exists
                ? $"it has {picture.Length:N0} bytes; sample.json says {sample.Size:N0}."
                : "it is missing.");
    }

    /// <exception cref="DamagedEntryException">The picture is missing or cannot be read.</exception>
    internal FileStream OpenPicture(FeedbackSample sample)
    {
        try
        {
            return new FileStream(PicturePath(sample), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw RecognitionJson.Damaged(Shown(PicturePath(sample)), Shown(error.Message), error);
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content, bool isFlushed)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(content);
        file.Flush(flushToDisk: isFlushed);
    }

    private string PicturePath(FeedbackSample sample) => Path.Combine(_path, PictureType.FileName(sample.MediaType));

    private string Shown(string message) => message.Replace(Path.GetDirectoryName(_path)!, _shownAs, StringComparison.Ordinal);
}
