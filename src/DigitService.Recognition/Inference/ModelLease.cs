using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Inference;

/// <summary>
/// A model that is held to answer: what is activated, forgotten or deleted meanwhile, this one stays until it is let go
/// of. Several threads may ask it. Hold it shortly; pictures that were asked about are answered after its end, too.
/// </summary>
public sealed class ModelLease : IDisposable
{
    private readonly DigitClassifier _classifier;
    private readonly SharedModel _model;
    private int _isDisposed;

    internal ModelLease(DigitClassifier classifier, SharedModel model)
    {
        _classifier = classifier;
        _model = model;
    }

    /// <summary>The model's id.</summary>
    public string Id => _model.Id;

    /// <summary>How pictures become pixels for it, as it was trained.</summary>
    public PreprocessMode Preprocess => _model.Preprocess;

    /// <summary>
    /// Answers to pixels that are laid out as MNIST's are. Where nobody else asks, the caller's thread reads them before
    /// this returns: nothing is gained by handing them on.
    /// </summary>
    /// <param name="pixels">784 values, row by row, 0 for paper to 255 for ink.</param>
    /// <param name="cancellation">Nobody waits for the answer any longer.</param>
    /// <exception cref="ArgumentException">There are more or fewer pixels.</exception>
    /// <exception cref="ClassifierUnavailableException">Too many wait already. Told at once.</exception>
    /// <exception cref="ObjectDisposedException">The lease or the classifier is disposed of.</exception>
    public Task<Classification> ClassifyAsync(byte[] pixels, CancellationToken cancellation = default) =>
        Add([pixels], cancellation)[0].Answer;

    /// <summary>Answers to pictures that share passes, in their order.</summary>
    /// <param name="pictures">784 values each; at most as many as may wait.</param>
    /// <param name="cancellation">Nobody waits for the answers any longer.</param>
    /// <exception cref="ArgumentException">A picture has more or fewer pixels.</exception>
    /// <exception cref="ClassifierUnavailableException">There is no room for all of them. Told at once, and none is read.</exception>
    /// <exception cref="ObjectDisposedException">The lease or the classifier is disposed of.</exception>
    public Task<Classification[]> ClassifyAllAsync(IReadOnlyList<byte[]> pictures, CancellationToken cancellation = default) =>
        Task.WhenAll(Add(pictures, cancellation).Select(picture => picture.Answer));

    /// <summary>Lets go of the model.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _model.Release();
        }
    }

    private WaitingPicture[] Add(IReadOnlyList<byte[]> pictures, CancellationToken cancellation)
    {
        foreach (var pixels in pictures)
        {
            ForwardPass.RequirePixels(pixels);
        }

        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) == 1, this);
        return _classifier.Ask(_model, pictures, cancellation);
    }
}
