using Microsoft.Extensions.Options;

namespace DigitService.Predictions;

/// <summary>
/// How much may be under way at once. Each thing that requests use up has a bound of its own, so that none is held by
/// those who wait for another: bodies take of <see cref="BodyMemory"/> as they come, and a client that sends slowly
/// holds nothing else; a request whose body has come whole is counted here until it is answered; a few large pictures
/// are decoded at a time (<see cref="PictureReader"/>); and the network's queue has an end. Whatever is full is told
/// with 503 at once, before the body is read where that is known by then.
/// </summary>
internal sealed class PredictionLimits(IOptions<PredictionOptions> options)
{
    /// <summary>Requests whose body has come.</summary>
    internal PredictionGate Requests { get; } = new(options.Value.ConcurrentRequests);

    /// <summary>Batches, which are received and answered picture by picture.</summary>
    internal PredictionGate Batches { get; } = new(options.Value.ConcurrentBatches);
}
