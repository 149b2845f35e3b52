using System.Diagnostics;
using System.Runtime.InteropServices;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DigitService.Operations;

/// <summary>Says where the service is when it has started, and that it ends; a second Ctrl+C ends it at once.</summary>
internal sealed partial class ServiceLife(
    IHostApplicationLifetime lifetime,
    IServer server,
    DigitClassifier classifier,
    ModelRegistry models,
    RunStore runs,
    ILogger<ServiceLife> logger) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _interrupt;
    private int _interrupts;
    private long _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => EndAtOnceWhenAskedAgain());
        lifetime.ApplicationStarted.Register(SayWhere);
        lifetime.ApplicationStopping.Register(Stop);
        lifetime.ApplicationStopped.Register(() => LogStopped(Stopwatch.GetElapsedTime(_stopping).TotalSeconds));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _interrupt?.Dispose();

    private void SayWhere()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var where = string.Join(", ", addresses.Select(address => ListeningAddress.ToOpen(address)));
        if (classifier.ActiveId is { } model)
        {
            LogReady(ServiceVersion.Number, where, model, models.Folder, runs.Folder);
        }
        else
        {
            LogWithoutModel(ServiceVersion.Number, where, models.Folder, runs.Folder);
        }
    }

    private void Stop()
    {
        _stopping = Stopwatch.GetTimestamp();
        LogStopping();
    }

    // To exit would run libtorch's destructors while threads compute with it: the process is killed.
    private void EndAtOnceWhenAskedAgain()
    {
        if (Interlocked.Increment(ref _interrupts) > 1)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }

    [LoggerMessage(LogLevel.Information,
        "DigitService {Version} is at {Address} and the model {Model} answers. Models are in {Models}, runs in {Runs}")]
    private partial void LogReady(string version, string address, string model, string models, string runs);

    [LoggerMessage(LogLevel.Information,
        "DigitService {Version} is at {Address} and has no model to read digits with yet. Models are in {Models}, runs in {Runs}")]
    private partial void LogWithoutModel(string version, string address, string models, string runs);

    [LoggerMessage(LogLevel.Information, "Ending: requests in flight are answered first. Another Ctrl+C ends at once")]
    private partial void LogStopping();

    [LoggerMessage(LogLevel.Information, "Ended after {Seconds:F1} s")]
    private partial void LogStopped(double seconds);
}
