namespace DigitService.Predictions;

/// <summary>How long a client may take for something.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _source;

    internal Deadline(TimeSpan patience, CancellationToken cancellation)
    {
        _patience = patience;
        _cancellation = cancellation;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _source.CancelAfter(patience);
    }

    internal CancellationToken Token => _source.Token;

    /// <summary>Whether it is this that has cancelled the token, not the client's going.</summary>
    internal bool IsOver => _source.IsCancellationRequested && !_cancellation.IsCancellationRequested;

    internal BadHttpRequestException Error(Exception innerException) =>
        new($"The request took longer than {_patience.TotalSeconds:N0} seconds to come.", StatusCodes.Status408RequestTimeout, innerException);

    public void Dispose() => _source.Dispose();
}
