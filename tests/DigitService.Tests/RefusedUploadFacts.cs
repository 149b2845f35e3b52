using System.Net;
using System.Net.Sockets;
using System.Text;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>Clients that send all of their body before they read an answer, as most do, get it nevertheless.</summary>
public sealed class RefusedUploadFacts : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private readonly Host _host;

    public RefusedUploadFacts() => _host = Host.Start(_folder, "--Security:ApiKey", Key, "--Models:LargestImport", "2");

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/models", 4, null, HttpStatusCode.Unauthorized)]
    [InlineData("/models", 4, Key, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/models", 30, Key, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/train", 2, Key, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/predict", 20, null, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/predict/batch", 70, null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task TheRefusalArrives(string path, int megabytes, string? key, HttpStatusCode expected)
    {
        var body = new byte[megabytes << 20];
        var type = path == "/train" ? "application/json" : "multipart/form-data; boundary=y";
        var head = $"POST {path} HTTP/1.1\nContent-Type: {type}\nContent-Length: {body.Length}{(key is null ? "" : $"\nX-Api-Key: {key}")}";
        var answer = await RawRequest.SendAsync(_host, head, body);
        Assert.Equal((int)expected, answer.Status);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
    }
    [Fact]
    public async Task AFormWhoseFirstPartNeverComesIsRefused()
    {
        // What is before it is counted by no length that the request tells.
        const int ChunkBytes = 1 << 20;
        var chunk = Encoding.ASCII.GetBytes($"{ChunkBytes:x}\r\n{new string('x', ChunkBytes)}\r\n");
        using var request = new RawRequest(_host);
        await request.SendHeadAsync(
            $"POST /models HTTP/1.1\nContent-Type: multipart/form-data; boundary=y\nTransfer-Encoding: chunked\nX-Api-Key: {Key}");
        var answer = request.ReadAnswerAsync();
        for (var sent = 0; sent < 200 && !answer.IsCompleted; sent++)
        {
            try
            {
                await request.SendAsync(chunk);
            }
            catch (SocketException)
            {
                break;
            }
        }

        Assert.Equal(400, (await answer).Status);
    }
}
