namespace DigitService.Recognition.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    Running,

    Completed,

    /// <summary>Somebody stopped it. It can go on from its checkpoint.</summary>
    Cancelled,

    /// <summary>It ended with an error, which its record has.</summary>
    Failed,

    /// <summary>Its process ended before it did: stopped, killed, or the power went. It can go on from its checkpoint.</summary>
    Interrupted,
}
