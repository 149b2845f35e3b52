using DigitService.Recognition;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using Microsoft.Extensions.Options;

namespace DigitService.Predictions;

/// <summary>Reads the pictures of a form, one after another as they come. One that cannot be read is its own error only.</summary>
internal sealed class BatchReader(
    DigitClassifier classifier, PictureReader pictures, BodyMemory memory, IOptions<PredictionOptions> options)
{
    private const int MostFields = 64;

    private readonly int _mostFiles = options.Value.BatchFiles;
    private readonly int _passSize = Math.Min(DigitClassifier.LargestPass, options.Value.ConcurrentRequests);
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.BodySeconds);

    /// <param name="request">It has the form.</param>
    /// <param name="mode">How pictures become 28×28 pixels; as the model was trained where null.</param>
    /// <param name="modelId">Who answers; the active model where null.</param>
    /// <param name="withInput">Whether what the network saw is part of the answer.</param>
    /// <param name="cancellation">The client has gone.</param>
    /// <exception cref="ArgumentException">The form is damaged, or has no file.</exception>
    /// <exception cref="BadHttpRequestException">
    /// It is no form (415), too large (413), too slow (408), or there is no memory for it now (503).
    /// </exception>
    internal async Task<IReadOnlyList<BatchEntry>> ReadAsync(
        HttpRequest request, PreprocessMode? mode, string? modelId, bool withInput, CancellationToken cancellation)
    {
        if (!MultipartForm.IsSentIn(request))
        {
            throw new BadHttpRequestException(
                "A batch is a multipart form with a part 'file' for each picture.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var deadline = new Deadline(_patience, cancellation);
        try
        {
            // Whatever is activated meanwhile, one model answers the whole batch, which is preprocessed for it.
            using var model = await classifier.HoldAsync(modelId, deadline.Token);
            (modelId, mode) = (model.Id, mode ?? model.Preprocess);
            model.Dispose();
            var batch = new PredictionBatch(classifier, modelId, _passSize, withInput);
            await ReadFilesAsync(new MultipartForm(request, _mostFiles + MostFields), batch, mode.Value, deadline.Token);
            return await batch.EndAsync(deadline.Token);
        }
        catch (OperationCanceledException error) when (deadline.IsOver)
        {
            throw deadline.Error(error);
        }
    }

    private async Task ReadFilesAsync(MultipartForm form, PredictionBatch batch, PreprocessMode mode, CancellationToken cancellation)
    {
        using var buffer = new BodyBuffer(memory);
        while (await form.NextFileAsync(cancellation) is { } file)
        {
            if (batch.Count == _mostFiles)
            {
                throw new BadHttpRequestException(
                    $"The form has more than {_mostFiles:N0} files, which is the most that a batch may have.",
                    StatusCodes.Status413PayloadTooLarge);
            }

            if (!await MultipartForm.TryReadAsync(file, buffer, PictureBody.LargestPicture, cancellation))
            {
                batch.Add(file.FileName, PictureBody.TooLarge().Message, StatusCodes.Status413PayloadTooLarge);
            }
            else
            {
                await AddAsync(batch, file.FileName, buffer, mode, cancellation);
            }
        }

        if (batch.Count == 0)
        {
            throw new InvalidInputException("The form has no file. A batch has a part 'file' for each picture.");
        }
    }

    private async Task AddAsync(PredictionBatch batch, string? name, BodyBuffer buffer, PreprocessMode mode, CancellationToken cancellation)
    {
        byte[]? pixels;
        try
        {
            pixels = await pictures.ReadAsync(buffer, isJson: false, mode, cancellation);
        }
        catch (Exception error) when (PictureErrors.StatusOf(error) is { } status)
        {
            batch.Add(name, error.Message, status);
            return;
        }

        if (pixels is null)
        {
            batch.Add(name, PictureErrors.Blank, StatusCodes.Status422UnprocessableEntity);
        }
        else
        {
            await batch.AddAsync(name, pixels, cancellation);
        }
    }
}
