using System.Globalization;
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

    /// <summary>Reads an answer, which may come before the request is whole.</summary>
    internal async Task<RawAnswer> ReadAnswerAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[64 << 10];
        while (RawAnswer.TryParse(text.ToString()) is null)
        {
            var read = await _socket.ReceiveAsync(buffer).WaitAsync(_patience);
            Assert.True(read > 0, $"The connection ended after: {text}");
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return RawAnswer.TryParse(text.ToString())!;
    }

    /// <summary>Ends the connection without a farewell.</summary>
    internal void Abort() => _socket.Close(0);

    public void Dispose() => _socket.Dispose();
}

/// <summary>What came back.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The status line and headers.</param>
/// <param name="Body">The body, in chunks if it came so.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>The JSON of an answer in one piece.</summary>
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(
        Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Body[Body.IndexOf('{', StringComparison.Ordinal)..(Body.LastIndexOf('}') + 1)])));

    /// <summary>The answer, if it is whole.</summary>
    internal static RawAnswer? TryParse(string text)
    {
        const string Length = "Content-Length: ";
        var parts = text.Split("\r\n\r\n", 2);
        if (parts.Length < 2)
        {
            return null;
        }

        var (head, body) = (parts[0], parts[1]);
        var isWhole = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase)) is { } length
            ? body.Length == int.Parse(length.AsSpan(Length.Length), CultureInfo.InvariantCulture)
            : body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        return isWhole ? new RawAnswer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body) : null;
    }
}
