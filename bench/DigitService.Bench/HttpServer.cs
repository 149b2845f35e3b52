using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using DigitService.Recognition.Data;

namespace DigitService.Bench;

/// <summary>A server of <c>POST /predict</c> on a free port of this machine: a process, and those that it starts.</summary>
internal sealed class HttpServer : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new();
    private readonly Process _process;
    private readonly Uri _address;

    private HttpServer(string program, int port, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        _address = new Uri($"http://127.0.0.1:{port}/predict");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;

        // What it logs is not read, and must not fill the pipe.
        _process.BeginOutputReadLine();
    }

    /// <summary>DigitService, with the registry's active model.</summary>
    internal static HttpServer StartService(string registry, params string[] arguments)
    {
        var (port, root) = (FreePort(), ProjectFolder.FindOr(AppContext.BaseDirectory));
        var program = Path.Combine(root, "src", "DigitService", "bin", "Release", "net10.0", "DigitService.dll");
        return new HttpServer("dotnet", port, [program, "--urls", $"http://127.0.0.1:{port}", "--Models:Folder", registry, .. arguments]);
    }

    /// <summary>FastAPI on uvicorn with two workers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its state dictionary.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as PyTorch sets them itself.</param>
    internal static HttpServer StartPeer(string network, string weights, int threads)
    {
        var port = FreePort();
        string[] arguments =
        [
            "-m", "uvicorn", "predict_fastapi:app", "--app-dir", BenchmarkFolder.PeerScript(""), "--workers", "2",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--log-level", "warning", "--no-access-log",
        ];

        // OpenBLAS has threads of its own, whatever PyTorch is told.
        (string, string)[] oneCore = threads == 1 ? [("OPENBLAS_NUM_THREADS", "1")] : [];
        return new HttpServer(
            BenchmarkFolder.Python,
            port,
            arguments,
            [
                ("PREDICT_NETWORK", network),
                ("PREDICT_WEIGHTS", weights),
                ("PREDICT_THREADS", threads.ToString(CultureInfo.InvariantCulture)),
                .. oneCore,
            ]);
    }

    /// <summary>The address of <c>/predict</c> with a query.</summary>
    internal Uri Address(string query) => new(_address, query);

    /// <summary>The seconds of CPU time that the process and those that it started have used so far.</summary>
    internal double CpuSeconds()
    {
        const double TicksPerSecond = 100;
        var processes = Directory.GetDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(ReadStat)
            .OfType<(int Id, int Parent, long Ticks)>()
            .ToArray();
        HashSet<int> family = [_process.Id];
        while (processes.Any(process => family.Contains(process.Parent) && family.Add(process.Id)))
        {
        }

        return processes.Where(process => family.Contains(process.Id)).Sum(process => process.Ticks) / TicksPerSecond;
    }

    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    internal void RequireRunning()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The service ended with {_process.ExitCode}.");
        }
    }

    /// <summary>How much memory the process has now.</summary>
    internal double ResidentMebibytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / (double)(1 << 20);
    }

    /// <summary>Posts a picture, waiting for the server to listen if it does not do so yet.</summary>
    /// <returns>The probabilities of the ten digits.</returns>
    internal async Task<double[]> Predict(byte[] picture, string query)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
                using var answer = await _client.PostAsync(Address(query), content);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
                    return [.. JsonDocument.Parse(text).RootElement.GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble())];
                }
            }
            catch (HttpRequestException error) when (error.StatusCode is null && watch.Elapsed < _patience && !_process.HasExited)
            {
            }

            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static (int Id, int Parent, long Ticks)? ReadStat(string folder)
    {
        try
        {
            // The name, in parentheses, may have spaces and parentheses of its own.
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), Number(1), Number(11) + Number(12));

            int Number(int field) => int.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
