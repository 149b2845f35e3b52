using System.Runtime.InteropServices;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Training;

namespace DigitService.Cli;

/// <summary>What the process answers the shell.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>Something was wrong, and a sentence on standard error says what.</summary>
    internal const int Failed = 1;

    /// <summary>Stopped by Ctrl+C or SIGTERM (128 + SIGINT, as shells have it).</summary>
    internal const int Cancelled = 130;

    /// <summary>
    /// What the error tells a person, or null if only its stack trace would tell anything. The first use of a class
    /// that cannot start, for want of libtorch say, hides the reason one level down.
    /// </summary>
    internal static string? Explanation(Exception error) => error switch
    {
        TypeInitializationException { InnerException: { } cause } => Explanation(cause),
        IOException or ArgumentException or UnauthorizedAccessException or TrainingDivergedException or ImageException
            or NotSupportedException or InvalidDataException or DllNotFoundException or ExternalException => error.Message,
        _ => null,
    };
}
