using System.Diagnostics;
using System.Reflection;
using DigitService.Recognition.Tests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DigitService.Tests;

/// <summary>The service within this process, whose routes can be looked at. It is the program itself, started as it always is.</summary>
public sealed class OpenApiHost : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Task _run;

    public OpenApiHost()
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        string[] arguments =
        [
            "--urls", "http://127.0.0.1:0", "--Models:Folder", _folder.File("models"), "--Training:Folder", _folder.File("runs"),
            "--Feedback:Folder", _folder.File("feedback"),
            "--Logging:LogLevel:Default", "None",
        ];
        _run = Task.Run(() => Assembly.Load("DigitService").EntryPoint!.Invoke(null, [arguments]));
        var host = _built.Task.WaitAsync(_patience).GetAwaiter().GetResult();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(_started.SetResult);
        _started.Task.WaitAsync(_patience).GetAwaiter().GetResult();
        Endpoints = [.. host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()];
        Services = host.Services;
    }

    /// <summary>All that the service answers to.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints { get; }

    public IServiceProvider Services { get; }

    public void Dispose()
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        _run.Wait(_patience);
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _folder.Dispose();
    }

    // Every host tells when it is built, those of tests at the same time too: ours has our folder.
    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host }
            && host.Services.GetService<IConfiguration>()?["Models:Folder"] == _folder.File("models"))
        {
            _built.TrySetResult(host);
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
