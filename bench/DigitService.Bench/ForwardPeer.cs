using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DigitService.Bench;

/// <summary>Another runtime with the same weights, in a process of its own, which reads pictures whenever it is asked to.</summary>
internal sealed class ForwardPeer : IDisposable
{
    private static readonly Lazy<bool> _hasOnnxRuntime = new(LoadsOnnxRuntime);

    private readonly PeerProcess _process;

    private ForwardPeer(string name, PeerProcess process)
    {
        Name = name;
        _process = process;
        Version = process.Read().GetProperty("version").GetString()!;
    }

    internal string Name { get; }

    internal string Version { get; }

    /// <summary>Whether ONNX Runtime for Node.js is there, and loads.</summary>
    internal static bool HasOnnxRuntime => _hasOnnxRuntime.Value;

    /// <summary>The folder that <c>script/bench</c> has npm install ONNX Runtime into.</summary>
    private static string NodeModules =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "artifacts", "bench", "node_modules"));

    /// <param name="mnist">The folder of MNIST's files.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its state dictionary.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as PyTorch sets them itself.</param>
    internal static ForwardPeer OfPyTorch(string mnist, string network, string weights, int threads) => new(
        NameOf("PyTorch", threads), PeerProcess.OfPyTorch("forward_pytorch.py", threads == 1, mnist, network, weights, Text(threads)));

    /// <param name="mnist">The folder of MNIST's files.</param>
    /// <param name="model">The network with its weights, as ONNX.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as ONNX Runtime sets them itself.</param>
    internal static ForwardPeer OfOnnxRuntime(string mnist, string model, int threads) => new(
        NameOf("ONNX Runtime", threads),
        new PeerProcess(
            "node",
            "Node.js and onnxruntime-node",
            [BenchmarkFolder.PeerScript("forward_onnxruntime.js"), mnist, model, Text(threads)],
            ("NODE_PATH", NodeModules)));

    /// <summary>How such a peer is listed.</summary>
    internal static string NameOf(string runtime, int threads) => $"{runtime}, {(threads == 1 ? "one thread" : "as it comes")}";

    /// <summary>The probabilities of the ten digits for each of the first 64 test images.</summary>
    internal float[][] Probabilities() => _process.Ask("probabilities").Deserialize<float[][]>()!;

    /// <returns>The median milliseconds of a call with so many pictures, called for so many seconds.</returns>
    internal double Measure(int size, double seconds) =>
        _process.Ask(string.Create(CultureInfo.InvariantCulture, $"{size} {seconds}")).GetDouble();

    public void Dispose() => _process.Dispose();

    private static bool LoadsOnnxRuntime()
    {
        if (!Directory.Exists(Path.Combine(NodeModules, "onnxruntime-node")))
        {
            return false;
        }

        var start = new ProcessStartInfo("node", ["--eval", "require('onnxruntime-node')"]) { Environment = { ["NODE_PATH"] = NodeModules } };
        try
        {
            using var node = Process.Start(start)!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // npm was there, but Node.js is not any more.
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
