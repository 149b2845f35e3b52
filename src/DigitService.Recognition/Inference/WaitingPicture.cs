using System.Diagnostics;

namespace DigitService.Recognition.Inference;

/// <summary>A picture that waits for its answer. It holds its model, which <see cref="End"/> lets go of.</summary>
internal sealed class WaitingPicture(SharedModel model, byte[] pixels, CancellationToken cancellation)
{
    private readonly long _asked = Stopwatch.GetTimestamp();

    // Whoever completes it goes on with other work: those who wait continue on a thread of their own.
    private readonly TaskCompletionSource<Classification> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SharedModel Model => model;

    internal byte[] Pixels => pixels;

    internal Task<Classification> Answer => _answer.Task;

    internal TimeSpan Waited => Stopwatch.GetElapsedTime(_asked);

    internal bool IsCancelled => cancellation.IsCancellationRequested;

    internal void Complete(Prediction prediction) => _answer.TrySetResult(new Classification(prediction, model.Id));

    internal void Fail(Exception error) => _answer.TrySetException(error);

    /// <summary>Lets go of the model. What was neither answered nor failed was cancelled.</summary>
    internal void End()
    {
        _answer.TrySetCanceled(cancellation);
        model.Release();
    }
}
