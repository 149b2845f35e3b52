using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DigitService.Bench;

/// <summary>PyTorch for Python in a process of its own, which trains an epoch whenever it is asked to.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    /// <param name="name">How the peer is listed.</param>
    /// <param name="data">The folder of MNIST's files.</param>
    /// <param name="batchSize">Images per step.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as PyTorch sets them itself.</param>
    /// <param name="oneCore">Whether OpenBLAS, which has threads of its own, is held to one as well.</param>
    /// <param name="seed">What its first weights and the images' order come from.</param>
    internal PyTorchPeer(string name, string data, int batchSize, int threads, bool oneCore = false, long seed = 0)
    {
        Name = name;
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "cnn_pytorch.py");
        var python = Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";
        string[] arguments =
        [
            script, data, Text(batchSize), Text(threads), Text(seed),
        ];
        var start = new ProcessStartInfo(python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (oneCore)
        {
            start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        Version = Answer().GetProperty("version").GetString()!;
    }

    internal string Name { get; }

    internal string Version { get; }

    internal Epoch TrainEpoch()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        var answer = Answer();
        return new Epoch(answer.GetProperty("seconds").GetDouble(), answer.GetProperty("accuracy").GetDouble());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private JsonElement Answer()
    {
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The peer ended early. It needs PyTorch: apt-get install python3-torch");
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}

/// <summary>How long an epoch took, and what share of the test images is read right after it.</summary>
internal sealed record Epoch(double Seconds, double Accuracy);
