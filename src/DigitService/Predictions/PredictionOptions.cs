namespace DigitService.Predictions;

/// <summary>What reading digits may cost at once: the section <c>Predictions</c> of the configuration.</summary>
internal sealed class PredictionOptions
{
    /// <summary>
    /// Requests whose body has come that may be under way, and pictures that may wait for a network: 1 to 100,000.
    /// Further requests are refused with 503 at once.
    /// </summary>
    public int ConcurrentRequests { get; init; } = 1_024;

    /// <summary>Batches that may be under way, the reading of their bodies included: 1 to 1,000.</summary>
    public int ConcurrentBatches { get; init; } = 16;

    /// <summary>Pictures of more than a megapixel that may be decoded at once: 1 to 1,000; eight times as many may wait.</summary>
    public int LargePictures { get; init; } = Environment.ProcessorCount;

    /// <summary>Megabytes of memory for all bodies that are being read or decoded: 32 to 65,536.</summary>
    public int BodyMegabytes { get; init; } = 64;

    /// <summary>Seconds that a body may take to come, and a batch to be answered: 1 to 3,600.</summary>
    public int BodySeconds { get; init; } = 60;

    /// <summary>Pictures in a batch: 1 to 10,000.</summary>
    public int BatchFiles { get; init; } = 256;

    /// <summary>Megabytes of a batch's body: 1 to 1,024.</summary>
    public int BatchMegabytes { get; init; } = 64;

    /// <summary>Models in memory besides the active one, for requests that name one: 1 to 100.</summary>
    public int ModelsInMemory { get; init; } = 4;
}
