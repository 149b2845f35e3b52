using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DigitService.Tests;

/// <summary>A bare connection, for what no client of HTTP would send.</summary>
internal sealed class SecurityConnection : IDisposable
{
    /// <summary>The headers of a request that the service answers, and after which it closes.</summary>
    internal const string Local = "Host: localhost\r\nConnection: close\r\n";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    internal static async Task<SecurityConnection> OpenAsync(Uri address)
    {
        var connection = new SecurityConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>Sends a request, and waits until it is answered and the connection closed.</summary>
    /// <returns>The answer; empty if there was none.</returns>
    internal static async Task<string> SendAsync(Uri address, string request)
    {
        using var connection = await OpenAsync(address);
        await connection.TrySendAsync(Encoding.Latin1.GetBytes(request));
        return await connection.ReadToEndAsync();
    }

    /// <summary>Says that nothing more will come.</summary>
    internal void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has closed it already.
        }
    }

    /// <returns>Whether the other side still takes it.</returns>
    internal async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await _socket.SendAsync(bytes.AsMemory(sent));
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal async Task<string> ReadToEndAsync()
    {
        using var stop = new CancellationTokenSource(_patience);
        var buffer = new byte[4096];
        var answer = new StringBuilder();
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), stop.Token) is var count and > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // A reset is an end, too.
        }

        return $"{answer}";
    }

    /// <summary>The status of an answer; 0 if there was none.</summary>
    internal static int StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;

    /// <summary>Ends as a client does that is cut off: with a reset.</summary>
    internal void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
