using System.Net.Http.Headers;
using DigitService.Operations;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DigitService.Health;

/// <summary>
/// Reads the first digits itself, over HTTP as any caller would, so that what is loaded and compiled at its first use is
/// there when the first caller comes.
/// </summary>
internal sealed partial class WarmUp(IServer server, IConfiguration configuration, DigitClassifier classifier, ILogger<WarmUp> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private Task? _reading;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => classifier.ActiveId is null ? Task.CompletedTask : Begin();

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins, where the start could not for want of a model, and never twice. The task ends well, whatever happens.</summary>
    internal Task Begin() => LazyInitializer.EnsureInitialized(ref _reading, () => Task.Run(ReadDigitsAsync));

    private async Task ReadDigitsAsync()
    {
        try
        {
            if (FindAddress() is { } address)
            {
                await ReadDigitsAsync(address);
            }
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            LogCold(error.Message);
        }
    }

    private Uri? FindAddress() => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Where(address => address.StartsWith("http://", StringComparison.Ordinal) && !address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase))
        .Select(address => Uri.TryCreate(ListeningAddress.ToOpen(address), UriKind.Absolute, out var uri) ? uri : null)
        .FirstOrDefault(uri => uri is { Host.Length: > 0 });

    private async Task ReadDigitsAsync(Uri address)
    {
        // A proxy that the environment names cannot know this address.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = _patience };
        client.DefaultRequestHeaders.Host = AllowedHost();
        var count = 0;
        foreach (var body in Bodies())
        {
            using (body)
            {
                using var answer = await client.PostAsync("/predict", body);
                answer.EnsureSuccessStatusCode();
                count++;
            }
        }

        LogWarm(count);
    }

    // Where only certain names are answered, this machine's own may not be one of them.
    private string? AllowedHost() => configuration["AllowedHosts"]?.Split(';')[0].Trim() is { Length: > 0 } name and not "*"
        ? name.Replace("*", "any", StringComparison.Ordinal)
        : null;

    /// <summary>A one, which is a bar, in each of the forms in which pictures are sent.</summary>
    private static IEnumerable<HttpContent> Bodies()
    {
        const int Zoom = 10;
        const int CanvasSide = Zoom * DigitImages.Side;
        var digit = Enumerable.Range(0, DigitImages.Pixels)
            .Select(i => i % DigitImages.Side is 13 or 14 && i / DigitImages.Side is > 4 and < 24 ? byte.MaxValue : (byte)0)
            .ToArray();
        var canvas = Enumerable.Range(0, CanvasSide * CanvasSide)
            .Select(i => digit[(i / CanvasSide / Zoom * DigitImages.Side) + (i % CanvasSide / Zoom)])
            .ToArray();
        yield return Picture(GrayPng.Encode(canvas, CanvasSide));
        yield return Picture(GrayPng.Encode(digit, DigitImages.Side));
        yield return new MultipartFormDataContent { { Picture(GrayPng.Encode(canvas, CanvasSide)), "file", "one.png" } };
        yield return JsonContent.Create(new { image = GrayPng.DataUri(digit, DigitImages.Side) });
    }

    private static ByteArrayContent Picture(byte[] png) => new(png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    [LoggerMessage(LogLevel.Debug, "{Count} digits were read at the start")]
    private partial void LogWarm(int count);

    [LoggerMessage(LogLevel.Warning, "No digit could be read at the start, and the first caller waits a little longer: {Reason}")]
    private partial void LogCold(string reason);
}
