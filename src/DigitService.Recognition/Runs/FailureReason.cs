using System.Runtime.InteropServices;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>What a person is told of an error that ended a run.</summary>
internal static class FailureReason
{
    internal static string Of(Exception error, TrainingOptions options) => error switch
    {
        OutOfMemoryException => NoMemory(options),
        ExternalException native when IsNoMemory(native.Message) => NoMemory(options),
        ExternalException => $"libtorch says: {FirstLine(error.Message)}",
        IOException when IsDiskFull(error) => "The disk is full.",
        _ when error.Message.Length > 0 => error.Message,
        _ => error.GetType().Name,
    };

    private static string NoMemory(TrainingOptions options) => FormattableString.Invariant(
        $"There is not enough memory for batches of {options.BatchSize:N0} images in {options.Replicas} replicas of {options.Network}. Try smaller batches.");

    // Its allocators have no type of exception for it, and several sentences.
    private static bool IsNoMemory(string message) =>
        message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("bad_alloc", StringComparison.Ordinal);

    // .NET has no type for it: ENOSPC, and ERROR_DISK_FULL of Windows.
    private static bool IsDiskFull(Exception error) => error.GetBaseException().HResult is 28 or unchecked((int)0x80070070);

    // The rest is where in libtorch's sources it was.
    private static string FirstLine(string message) => message.Split('\n')[0];
}
