using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace DigitService.Recognition.Persistence;

/// <summary>What computed a model or a run: other versions may end with other bits.</summary>
/// <param name="DigitService">This library's version.</param>
/// <param name="Torch">libtorch's version.</param>
/// <param name="Dotnet">The runtime, such as <c>.NET 10.0.1</c>.</param>
/// <param name="Os">The operating system and the processor's kind.</param>
public sealed record LibraryVersions(string DigitService, string Torch, string Dotnet, string Os)
{
    /// <summary>Those of this process. Asking loads libtorch.</summary>
    public static LibraryVersions Current() => new(
        typeof(LibraryVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        torch.__version__,
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})");
}
