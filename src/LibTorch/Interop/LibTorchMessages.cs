namespace TorchSharp;

/// <summary>What a person is told when libtorch is missing or slow, with the way out.</summary>
internal static class LibTorchMessages
{
    private const string Install = "apt-get install libtorch-dev libopenblas0-pthread";

    // What script/bootstrap installs.
    private const string InstallToBuild = $"{Install} libopencv-imgcodecs-dev libgif-dev g++ cmake make";

    /// <summary>The text for a shim that did not load: it was not built, or libtorch is not on this machine.</summary>
    internal static string CannotLoad(bool shimExists, string loaderMessage) => shimExists
        ? $"libtorch could not be loaded. On Debian and Ubuntu it comes with: {Install}\n"
            + $"If it is installed, it has changed since the program was built: build again.\nThe loader said: {loaderMessage}"
        : "libtorchshim.so is not beside the program. Build with LibrarySource=system "
            + $"(script/bootstrap sets it up; on Debian and Ubuntu it needs: {InstallToBuild}).";

    /// <summary>A warning if the library that matrix products come from is the unoptimised reference BLAS, else null.</summary>
    internal static string? SlowBlas(string blasPath)
    {
        string[] fast = ["openblas", "mkl", "blis", "atlas", "libtorch"];
        return blasPath.Length == 0 || fast.Any(name => blasPath.Contains(name, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"Warning: libtorch uses the reference BLAS ({blasPath}), which makes training about 11 times slower. "
                + "Install a fast one: apt-get install libopenblas0-pthread";
    }
}
