using DigitService.Recognition.Models;

namespace DigitService.Models;

/// <summary>Errors for which no caller is to blame: a full disk, a folder that is only read, a file that is not to be read.</summary>
internal static class DiskFault
{
    // The library's errors are of its own types; the operating system's come in .NET's.
    internal static bool Is(Exception error) =>
        error is UnauthorizedAccessException || (error is IOException && error.GetType().Assembly == typeof(IOException).Assembly);

    /// <summary>What a caller is told: without the path of the registry, which is nobody's business.</summary>
    internal static string Sentence(Exception error, ModelRegistry registry) =>
        error.Message.Replace(registry.Folder, registry.ShownAs, StringComparison.Ordinal);

    internal static BadHttpRequestException Of(Exception error, ModelRegistry registry) =>
        new(Sentence(error, registry), StatusCodes.Status500InternalServerError, error);
}
