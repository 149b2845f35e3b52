using System.Net;
using System.Net.Sockets;
using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Tests;

public sealed class ModelExportFacts : IDisposable
{
    private const int FilesAtOnce = 4;

    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task ClientsThatDoNotReadKeepAFewFilesAndNoMore()
    {
        // Far more than fits into what is between the service and a client.
        var address = $"/models/{RegisterLarge()}/weights?format=safetensors";
        var deaf = await Task.WhenAll(Enumerable.Range(0, FilesAtOnce).Select(_ => AskAndNotReadAsync(address)));
        using (var refused = await _host.Client.GetAsync(address))
        {
            Assert.Contains("Try again in a moment.", await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        // The weights as they are lie in the registry already.
        Assert.NotEmpty(await _host.Client.GetByteArrayAsync(address.Split('?')[0]));
        Array.ForEach(deaf, client => client.Dispose());
        Assert.NotEmpty(await _host.Client.GetByteArrayAsync(address));
    }

    private async Task<Socket> AskAndNotReadAsync(string address)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: {_host.Address.Authority}\r\n\r\n"));
        var start = new byte[15];
        Assert.Equal(start.Length, await client.ReceiveAsync(start));
        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(start));
        return client;
    }

    private string RegisterLarge()
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        return new ModelRegistry(_host.Models).Register(
            new ModelInfo
            {
                Network = "cnn",
                Normalization = Normalization.Mnist,
                Parameters = network.parameters().Sum(parameter => parameter.numel()),
                Versions = LibraryVersions.Current(),
            },
            Checkpoint.OfWeights(network).Write).Id;
    }
}
