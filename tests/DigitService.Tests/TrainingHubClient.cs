using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace DigitService.Tests;

/// <summary>A message of the hub.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Content">Its one argument.</param>
/// <param name="At">When it was read.</param>
internal sealed record HubMessage(string Target, JsonElement Content, DateTimeOffset At);

/// <summary>A client of the hub: SignalR's JSON protocol over a WebSocket, without negotiation.</summary>
internal sealed class TrainingHubClient : IAsyncDisposable
{
    private const byte EndOfRecord = 0x1e;
    private const int Handshake = 0;
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Ping = 6;
    private const int Close = 7;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<HubMessage> _messages = Channel.CreateUnbounded<HubMessage>();
    private readonly TaskCompletionSource _ended = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Every message that has been waited for, in order.</summary>
    internal List<HubMessage> Seen { get; } = [];

    /// <summary>When the service has closed the connection.</summary>
    internal Task Ended => _ended.Task.WaitAsync(_patience);

    /// <summary>Connects, and reads from then on unless told not to: then hardly anything fits into what is between the two.</summary>
    internal static async Task<TrainingHubClient> ConnectAsync(Host host, bool reads = true)
    {
        var client = new TrainingHubClient();
        using var connector = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (connection, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.ReceiveBufferSize = reads ? socket.ReceiveBufferSize : 4 << 10;
                await socket.ConnectAsync(connection.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        await client._socket.ConnectAsync(
            new UriBuilder(host.Address) { Scheme = "ws", Path = "/hubs/training" }.Uri, connector, CancellationToken.None);
        await client.SendAsync("{\"protocol\":\"json\",\"version\":1}");
        if (reads)
        {
            client.Read();
        }

        return client;
    }

    /// <summary>Begins to read.</summary>
    internal void Read() => _reading = ReadAsync();

    internal Task SendAsync(string record) =>
        _socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(record), EndOfRecord], WebSocketMessageType.Text, true, CancellationToken.None);

    internal Task InvokeAsync(string method) =>
        SendAsync($$"""{"type":{{Invocation}},"invocationId":"1","target":"{{method}}","arguments":[]}""");

    /// <summary>The next message of that kind. Those before it are seen.</summary>
    internal Task<HubMessage> WaitForAsync(string target, string? runId = null, string? status = null) => WaitForAsync(message =>
        message.Target == target
        && (runId is null || message.Content.GetProperty(target == "run" ? "id" : "run").GetString() == runId)
        && (status is null || message.Content.GetProperty("status").GetString() == status));

    internal async Task<HubMessage> WaitForAsync(Predicate<HubMessage> isWanted)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            var message = await _messages.Reader.ReadAsync(patience.Token);
            Seen.Add(message);
            if (isWanted(message))
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var record = new List<byte>();
        var buffer = new byte[16 << 10];
        try
        {
            while (await _socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
            {
                foreach (var value in buffer.AsSpan(0, received.Count))
                {
                    if (value != EndOfRecord)
                    {
                        record.Add(value);
                        continue;
                    }

                    Take(JsonSerializer.Deserialize<JsonElement>(record.ToArray()));
                    record.Clear();
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut off, which whoever waits for a message finds out.
        }

        _messages.Writer.TryComplete();
        _ended.TrySetResult();
    }

    private void Take(JsonElement record)
    {
        // The handshake's answer alone has no type.
        switch (record.TryGetProperty("type", out var type) ? type.GetInt32() : Handshake)
        {
            case Invocation:
                _messages.Writer.TryWrite(new HubMessage(
                    record.GetProperty("target").GetString()!, record.GetProperty("arguments")[0], DateTimeOffset.UtcNow));
                break;
            case Close:
                _ended.TrySetResult();
                break;
            case Handshake or Completion or Ping when !record.TryGetProperty("error", out _):
                break;
            default:
                throw new InvalidDataException(record.GetRawText());
        }
    }
}
