using System.Diagnostics;

namespace DigitService.Bench;

/// <summary>The pictures of <see cref="AcceptanceBenchmark"/>, drawn by a script of Python.</summary>
internal static class AcceptancePictures
{
    /// <returns>The script's exit status.</returns>
    internal static int Draw(string strokes, string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "pictures", "draw.py");
        using var python = Process.Start(BenchmarkFolder.Python, [script, strokes, folder]);
        python.WaitForExit();
        return python.ExitCode;
    }
}
