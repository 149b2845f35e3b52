using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DigitService.Tests;

/// <summary>A request byte by byte, as no client library would let it through.</summary>
internal sealed class RawRequest : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _authority;

    internal RawRequest(Host host)
    {
        _authority = host.Address.Authority;
        _socket.Connect(host.Address.Host, host.Address.Port);
    }

    /// <summary>Sends a head, whose line breaks may be those of this file, and a body.</summary>
    internal static async Task<RawAnswer> SendAsync(Host host, string head, params byte[] body)
    {
        using var request = new RawRequest(host);
        await request.SendHeadAsync(head);
        await request.SendAsync(body);
        return await request.ReadAnswerAsync();
    }

    internal Task SendHeadAsync(string head) =>
        SendAsync(Encoding.ASCII.GetBytes($"{head.TrimEnd()}\nHost: {_authority}\nConnection: close\n\n".ReplaceLineEndings("\r\n")));

    internal async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    /// <summary>Waits until the service wants the body of a request that expects <c>100-continue</c>.</summary>
    internal async Task WaitForContinueAsync()
    {
        var answer = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await using var stream = new NetworkStream(_socket);
        await stream.ReadExactlyAsync(answer).AsTask().WaitAsync(_patience);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }

    /// <summary>Reads to the connection's end.</summary>
    internal async Task<RawAnswer> ReadAnswerAsync()
    {
        using var bytes = new MemoryStream();
        await using var stream = new NetworkStream(_socket);
        try
        {
            await stream.CopyToAsync(bytes).WaitAsync(_patience);
        }
        catch (IOException) when (bytes.Length > 0)
        {
            // Whoever has sent no more than a part of a refused body is cut off after the answer.
        }

        var parts = Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n\r\n", 2);
        return new RawAnswer(int.Parse(parts[0].AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), parts[0], parts[1]);
    }

    /// <summary>Ends the connection without a farewell.</summary>
    internal void Abort() => _socket.Close(0);

    public void Dispose() => _socket.Dispose();
}

/// <summary>What came back.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The status line and headers.</param>
/// <param name="Body">The body as text, in chunks if it came so.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>The JSON of an answer that came in one piece.</summary>
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body[Body.IndexOf('{', StringComparison.Ordinal)..(Body.LastIndexOf('}') + 1)]);
}
