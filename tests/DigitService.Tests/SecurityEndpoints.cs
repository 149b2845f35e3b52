using System.Diagnostics;
using DigitService.Recognition.Tests;
using DigitService.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DigitService.Tests;

/// <summary>The routes of the service itself, started by its own program in the tests' process.</summary>
internal sealed class SecurityEndpoints : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // These read pictures, or are read-only by nature: the hub sends, and health tells.
    private static readonly string[] _open = ["predict", "hubs", "health"];

    // So is a picture that somebody corrects; all else of feedback wants the key.
    private const string OpenPost = "PostFeedback";

    // Other tests build hosts at the same time, and this flows along with the program that is started here.
    private static readonly AsyncLocal<SecurityEndpoints?> _starting = new();

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost? _host;
    private Task? _program;

    private SecurityEndpoints()
    {
    }

    internal IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _host!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    internal static async Task<SecurityEndpoints> StartServiceAsync()
    {
        var service = new SecurityEndpoints();
        await service.StartAsync();
        return service;
    }

    /// <summary>Those that take more than GET, HEAD and OPTIONS, and want no key.</summary>
    internal static IEnumerable<string?> Unmarked(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods
            || methods.Except(["GET", "HEAD", "OPTIONS"]).Any())
        .Where(endpoint => endpoint.Metadata.GetMetadata<ApiKeyRequired>() is null && NameOf(endpoint) != OpenPost)
        .Select(endpoint => endpoint.RoutePattern.RawText)
        .Where(route => !_open.Contains(route?.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()));

    private static string? NameOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    public async ValueTask DisposeAsync()
    {
        _host?.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _program!.WaitAsync(_patience);
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        // A host tells listeners that it is built, with all that it consists of.
        _starting.Value = this;
        using var listeners = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
            {
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(happened =>
                {
                    if (_starting.Value == this && happened is { Key: "HostBuilt", Value: IHost host })
                    {
                        _built.TrySetResult(host);
                    }
                }));
            }
        }));
        string[] arguments =
        [
            "--urls", "http://127.0.0.1:0", "--Models:Folder", _folder.File("models"), "--Training:Folder", _folder.File("runs"),
            "--Feedback:Folder", _folder.File("feedback"),
        ];
        _program = Task.Factory.StartNew(
            () => typeof(SecurityOptions).Assembly.EntryPoint!.Invoke(null, [arguments]), TaskCreationOptions.LongRunning);
        _ = _program.ContinueWith(ended => _built.TrySetException(ended.Exception ?? (Exception)new InvalidOperationException("The service ended.")), TaskScheduler.Default);
        _host = await _built.Task.WaitAsync(_patience);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(_patience);
    }

    private sealed class Observer<T>(Action<T> onNext) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => onNext(value);
    }
}
