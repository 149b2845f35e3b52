using DigitService.Predictions;
using DigitService.Recognition;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;
using Microsoft.Extensions.Options;

namespace DigitService.Feedback;

/// <summary>Receives archives of pictures on the disk, and takes in what is in them, one archive at a time.</summary>
internal sealed class FeedbackImports(
    FeedbackStore store, FeedbackChanges changes, DigitClassifier classifier, IOptions<FeedbackOptions> options) : IDisposable
{
    private const int Piece = 64 << 10;

    // Pictures hardly get smaller in a ZIP, but for those of formats that nobody compresses.
    private const int MostUnfolding = 4;

    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="InvalidInputException">The file is no ZIP, or one that is not to be read at all.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, another one is being taken in, or the disk does not take it.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any longer. What was taken in stays.</exception>
    internal async Task<FeedbackImportReport> RunAsync(HttpRequest request, CancellationToken cancellation)
    {
        PictureBodyReader.RequirePlain(request);
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw new BadHttpRequestException("Another ZIP is being taken in. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            using var lease = await classifier.HoldAsync(null, cancellation);
            await using var file = ScratchFile.Create(store.Folder);
            await ReceiveAsync(await BodyAsync(request, cancellation), file, cancellation);
            var limits = new FeedbackImportLimits { MaximumBytes = MostUnfolding * options.Value.LargestImportBytes };
            var import = new FeedbackImport(store, lease.Preprocess, pictures => Ask(lease, pictures), limits);

            // It may take minutes, which is nothing for the threads that answer requests.
            return await Task.Factory.StartNew(
                () => import.Run(file, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception error) when (FeedbackChanges.IsFault(error) && !cancellation.IsCancellationRequested)
        {
            throw changes.Fault(error, StatusCodes.Status507InsufficientStorage);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<Stream> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MultipartForm.IsSentIn(request))
        {
            return request.Body;
        }

        var form = new MultipartForm(request);
        return (await form.NextFileAsync(cancellation))?.Content
            ?? throw new InvalidInputException("The form has no file. Accepted is a ZIP as the body, or as the part 'file' of a form.");
    }

    private async Task ReceiveAsync(Stream body, FileStream file, CancellationToken cancellation)
    {
        var piece = new byte[Piece];
        while (await ReadAsync(body, piece, cancellation) is > 0 and var count)
        {
            if (file.Length + count > options.Value.LargestImportBytes)
            {
                throw new BadHttpRequestException(
                    $"The ZIP is too large; accepted: {options.Value.LargestImportBytes:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            await file.WriteAsync(piece.AsMemory(0, count), cancellation);
        }

        await file.FlushAsync(cancellation);
    }

    // What goes wrong here was sent so, unlike what goes wrong on the disk.
    private static async Task<int> ReadAsync(Stream body, byte[] piece, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(piece, cancellation);
        }
        catch (Exception error) when (error is InvalidDataException || PictureErrors.IsBrokenOff(error))
        {
            throw new BadHttpRequestException("The connection, or the form, ended before the ZIP was whole.", error);
        }
    }

    // Where the network has too much to do for others, the pictures are stored without its answers.
    private static Classification[]? Ask(ModelLease lease, IReadOnlyList<byte[]> pictures)
    {
        try
        {
            return lease.ClassifyAllAsync(pictures).GetAwaiter().GetResult();
        }
        catch (ClassifierUnavailableException)
        {
            return null;
        }
    }
}
