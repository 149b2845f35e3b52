using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class ShutdownFacts
{
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(10);

    private static readonly byte[] _one = Picture.Bmp(40, (x, y) => x is > 18 and < 22 && y is > 5 and < 35);

    [Fact]
    public async Task RequestsInFlightAreAnsweredBeforeTheEnd()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        var requests = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SlowRequest.BeginAsync(host.Address, _one)));

        Signal(host.Process, "TERM");
        await host.LineAsync("Ending");
        await RefusesAsync(host.Address);
        var answers = await Task.WhenAll(requests.Select(request => request.EndAsync()));

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Contains("\"digit\":1", answer, StringComparison.Ordinal));
        Assert.True(host.WaitForEnd(_longestEnd), host.Log);
        Assert.Equal(0, host.Process.ExitCode);
    }

    [Fact]
    public async Task BodiesThatNeverEndDoNotKeepItFromEnding()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        var requests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SlowRequest.BeginAsync(host.Address, _one)));
        Assert.Equal(0, host.Stop(_longestEnd));
        Assert.DoesNotContain("   at ", host.Log, StringComparison.Ordinal);
        Array.ForEach(requests, request => request.Dispose());
    }

    [Fact]
    public async Task IdleConnectionsDoNotHoldItUp()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        for (var i = 0; i < 16; i++)
        {
            using var answer = await host.Client.GetAsync("/health/live");
        }

        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        Assert.Equal(0, host.Stop(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task ASecondInterruptEndsItAtOnce()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        using var endless = await SlowRequest.BeginAsync(host.Address, _one);
        Signal(host.Process, "INT");
        await host.LineAsync("Ending");
        Assert.False(host.Process.HasExited);

        Signal(host.Process, "INT");
        Assert.True(host.WaitForEnd(TimeSpan.FromSeconds(5)), host.Log);
        Assert.NotEqual(0, host.Process.ExitCode);
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task RefusesAsync(Uri address)
    {
        using var late = new CancellationTokenSource(_longestEnd);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, address.Port, late.Token);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), late.Token);
        }
    }

    /// <summary>A prediction whose picture has come by half when the service has begun to read it.</summary>
    private sealed class SlowRequest(TcpClient client, byte[] rest) : IDisposable
    {
        internal static async Task<SlowRequest> BeginAsync(Uri address, byte[] picture)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            var head = $"POST /predict HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: image/bmp\r\n"
                + $"Content-Length: {picture.Length}\r\nExpect: 100-continue\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));

            // The service asks for the body when it begins to read it.
            var asked = new byte[64];
            var length = await client.GetStream().ReadAsync(asked);
            Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(asked, 0, length), StringComparison.Ordinal);
            await client.GetStream().WriteAsync(picture.AsMemory(0, picture.Length / 2));
            return new SlowRequest(client, picture[(picture.Length / 2)..]);
        }

        internal async Task<string> EndAsync()
        {
            await client.GetStream().WriteAsync(rest);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync();
        }

        public void Dispose() => client.Dispose();
    }
}
