using System.Net;
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
}
