using DigitService.Predictions;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Inference;

namespace DigitService.Feedback;

/// <summary>Takes a picture with its label, as POST /predict takes pictures, asks a model what it reads there, and stores all of it.</summary>
internal sealed class FeedbackUpload(
    DigitClassifier classifier, PredictionLimits limits, PictureBodyReader bodies, PictureReader pictures, FeedbackChanges changes)
{
    /// <param name="request">It has the picture, and perhaps what is said of it.</param>
    /// <param name="fields">What the address says of it, which wins over what the body says.</param>
    /// <param name="model">The model whose answer is corrected; the active one where null.</param>
    /// <param name="cancellation">The client has gone.</param>
    /// <returns>What became of it; null if nothing is drawn.</returns>
    /// <exception cref="ArgumentException">The body has another form, or says nothing of the label.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, too slow or too much at the moment, or the store is full.</exception>
    internal async Task<StoredFeedback?> StoreAsync(
        HttpRequest request, IReadOnlyDictionary<string, string> fields, string? model, CancellationToken cancellation)
    {
        var said = new Dictionary<string, string>();
        using var body = await bodies.ReadAsync(request, cancellation, said);
        if (body.IsJson || body.Bytes.Join().Span.StartsWith("{"u8))
        {
            // The picture takes the place of the JSON that it is read from.
            FeedbackFields.ReadJson(body.Bytes.Join().Span, said);
        }

        foreach (var (name, value) in fields)
        {
            said[name] = value;
        }

        var (label, source) = (FeedbackFields.LabelOf(said), FeedbackFields.SourceOf(said));
        if (!limits.Requests.TryEnter())
        {
            throw new BadHttpRequestException(
                "Too many requests are under way. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            using var lease = await classifier.HoldAsync(model, cancellation);
            var picture = PictureReader.Open(body.Bytes, body.IsJson);
            if (await pictures.ReadAsync(picture, lease.Preprocess, cancellation) is not { } input)
            {
                return null;
            }

            var prediction = FeedbackPrediction.Of(await lease.ClassifyAsync(input, cancellation));
            lease.Dispose();

            // Pixels have no file that they came in: they get one.
            var encoded = picture.Pixels is { } pixels ? GrayPng.Encode(pixels, DigitImages.Side) : picture.Encoded;
            var feedback = new NewFeedback(encoded, input, label, source, prediction);
            return await changes.MakeAsync(store => store.Add(feedback), StatusCodes.Status507InsufficientStorage, cancellation);
        }
        finally
        {
            limits.Requests.Leave();
        }
    }
}
