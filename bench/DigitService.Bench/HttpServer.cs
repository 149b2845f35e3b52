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
    private readonly string _readyPath;

    private HttpServer(
        string program, int port, string readyPath, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        _address = new Uri($"http://127.0.0.1:{port}/predict");
        _readyPath = readyPath;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Leftovers.Add(this, () => _process.Kill(entireProcessTree: true));

        // What it logs is not read, and must not fill the pipe.
        _process.BeginOutputReadLine();
    }

    /// <summary>DigitService, with the registry's active model.</summary>
    internal static HttpServer StartService(string registry, params string[] arguments)
    {
        var (port, root) = (FreePort(), ProjectFolder.FindOr(AppContext.BaseDirectory));
        var program = Path.Combine(root, "src", "DigitService", "bin", "Release", "net10.0", "DigitService.dll");
        return new HttpServer(
            "dotnet", port, "/health/ready", [program, "--urls", $"http://127.0.0.1:{port}", "--Models:Folder", registry, .. arguments]);
    }

    /// <summary>FastAPI on uvicorn, whose workers share the connections that they accept.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its state dictionary.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as PyTorch sets them itself.</param>
    /// <param name="workers">Processes that answer.</param>
    internal static HttpServer StartPeer(string network, string weights, int threads, int workers)
    {
        var port = FreePort();
        string[] arguments =
        [
            "-m", "uvicorn", "predict_fastapi:app", "--app-dir", BenchmarkFolder.PeerScript(""), "--workers", workers.ToString(CultureInfo.InvariantCulture),
            "--port", port.ToString(CultureInfo.InvariantCulture), "--log-level", "warning", "--no-access-log",
        ];

        // OpenBLAS has threads of its own, whatever PyTorch is told.
        (string, string)[] oneCore = threads == 1 ? [("OPENBLAS_NUM_THREADS", "1")] : [];
        return new HttpServer(
            BenchmarkFolder.Python,
            port,
            "/docs",
            arguments,
            [
                ("PREDICT_NETWORK", network),
                ("PREDICT_WEIGHTS", weights),
                ("PREDICT_THREADS", threads.ToString(CultureInfo.InvariantCulture)),

                // Else the worker that wakes up first accepts all of a crowd's connections, and the others none.
                ("UV_TCP_SINGLE_ACCEPT", "1"),
                .. oneCore,
            ]);
    }

    /// <summary>The address of <c>/predict</c> with a query.</summary>
    internal Uri Address(string query) => new(_address, query);

    /// <summary>The process, and those that it started.</summary>
    internal ProcessFamily Family => new(_process.Id);

    /// <summary>Waits for the server to answer that it is ready; the peer, which says no such thing, that it answers at all.</summary>
    /// <exception cref="InvalidOperationException">The process has ended, or it is not ready after a minute.</exception>
    internal async Task WaitUntilReady()
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReady())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"A server ended with {_process.ExitCode} before it was ready.");
            }

            if (watch.Elapsed > _patience)
            {
                throw new InvalidOperationException($"A server was not ready after {_patience.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }
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
        Leftovers.Forget(this);
        _process.Dispose();
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(_address, _readyPath));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
