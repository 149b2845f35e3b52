using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace DigitService.Bench;

/// <summary>A program that answers every line of its input with a line of JSON, when it is asked to and not before.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _needs;

    /// <param name="program">The program.</param>
    /// <param name="needs">What it cannot work without, for messages.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What it finds in its environment beside what there is.</param>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    internal PeerProcess(
        string program, string needs, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        _needs = needs;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"{program} did not start. It needs {needs}.", error);
        }

        Leftovers.Add(this, _process.Kill);
    }

    /// <summary>PyTorch for Python, by one of the scripts beside this program.</summary>
    /// <param name="script">The script's name.</param>
    /// <param name="oneCore">Whether OpenBLAS, which has threads of its own whatever PyTorch is told, is held to one.</param>
    /// <param name="arguments">The script's arguments.</param>
    internal static PeerProcess OfPyTorch(string script, bool oneCore, params IEnumerable<string> arguments) => new(
        BenchmarkFolder.Python,
        "PyTorch and Pillow for Python: apt-get install python3-torch python3-pil",
        [BenchmarkFolder.PeerScript(script), .. arguments],
        oneCore ? [("OPENBLAS_NUM_THREADS", "1")] : []);

    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    internal JsonElement Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Read();
    }

    /// <summary>What it says unasked.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    internal JsonElement Read()
    {
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended early. It needs {_needs}.");
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        Leftovers.Forget(this);
        _process.Dispose();
    }
}
