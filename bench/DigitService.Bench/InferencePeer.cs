using System.Diagnostics;
using System.Text.Json;

namespace DigitService.Bench;

/// <summary>Pillow and PyTorch for Python in a process of its own, which measures its steps whenever it is asked to.</summary>
internal sealed class InferencePeer : IDisposable
{
    private readonly Process _process;

    internal InferencePeer(BenchmarkFolder folder, string network)
    {
        var start = new ProcessStartInfo(
            BenchmarkFolder.Python,
            [BenchmarkFolder.PeerScript("inference_pytorch.py"), folder.PictureFolder, network, folder.WeightsOf(network)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // OpenBLAS has threads of its own, whatever PyTorch is told.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        _process = Process.Start(start)!;
    }

    /// <summary>Microseconds of CPU time for one picture, by step.</summary>
    internal Dictionary<string, double> Measure()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return JsonSerializer.Deserialize<Dictionary<string, double>>(
            _process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("The peer ended early. It needs python3-torch and python3-pil."))!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
