using System.Diagnostics;

namespace LibTorch.Tests.Parity;

/// <summary>The Python scripts that made the fixtures, where PyTorch is installed.</summary>
internal static class ParityScript
{
    // The distribution's Python: python3-torch is installed for it, whatever else is first on the path.
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<string?> _reasonToSkip = new(FindReasonToSkip);

    /// <summary>Why the scripts cannot run here, or null.</summary>
    internal static string? ReasonToSkip => _reasonToSkip.Value;

    internal static string Fixture(string name) => Path.Combine(Folder, "Fixtures", name);

    internal static bool Exists(string script) => File.Exists(Path.Combine(Folder, script));

    /// <summary>Runs a script, which writes its fixtures into a folder that exists.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    internal static void Regenerate(string script, string outputFolder)
    {
        var (status, said) = Run(Path.Combine(Folder, script), outputFolder);
        if (status != 0)
        {
            throw new InvalidOperationException($"{script} failed: {said}");
        }
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Parity");

    private static string? FindReasonToSkip()
    {
        if (!File.Exists(Python))
        {
            return $"{Python} is not installed.";
        }

        return Run("-c", "import torch").Status == 0 ? null : $"{Python} has no PyTorch: install python3-torch.";
    }

    private static (int Status, string Said) Run(params string[] arguments)
    {
        // -B: no compiled copies beside the scripts.
        using var process = Process.Start(new ProcessStartInfo(Python, ["-B", .. arguments])
        {
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
