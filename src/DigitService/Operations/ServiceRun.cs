using DigitService.Operations.Settings;
using DigitService.Recognition.Training;
using Microsoft.Extensions.Options;

namespace DigitService.Operations;

/// <summary>
/// The service from its first line to its exit status: 0 when it was asked to end, 1 when something keeps it from running.
/// </summary>
internal static partial class ServiceRun
{
    private const int Failed = 1;

    private static Task _loading = Task.CompletedTask;

    /// <summary>Whether it answers; what goes wrong before is told by <see cref="RunToEnd"/>.</summary>
    internal static bool HasStarted { get; private set; }

    /// <summary>Reads the configuration. What cannot be read ends the process with a sentence.</summary>
    internal static WebApplicationBuilder CreateBuilder(string[] arguments)
    {
        // To load libtorch takes as long as to build the host. If it fails, it fails again for those who need it.
        _loading = Task.Factory.StartNew(TorchRuntime.Configure, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            // The options are validated once, at the start: files that change later are not watched.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = ["--hostBuilder:reloadConfigOnChange=false", .. arguments],
                ContentRootPath = AppContext.BaseDirectory,
            });
            builder.Services.AddSingleton(new Mistakes(SettingsCheck.FindMistakes(builder.Configuration)));
            return builder;
        }
        catch (InvalidDataException error)
        {
            Environment.Exit(Fail(StartFailure.Explain(error) ?? error.Message));
            throw;
        }
    }

    /// <summary>Runs the service until it is asked to end.</summary>
    /// <returns>The exit status.</returns>
    internal static int RunToEnd(this WebApplication app)
    {
        if (FindMistakes(app.Services) is { Count: > 0 } mistakes)
        {
            return Fail(string.Join(Environment.NewLine, mistakes));
        }

        foreach (var unknown in SettingsCheck.FindUnknown(app.Configuration))
        {
            LogUnknown(app.Logger, unknown);
        }

        app.Lifetime.ApplicationStarted.Register(() => HasStarted = true);
        try
        {
            app.Run();
            return 0;
        }
        catch (Exception error)
        {
            return Fail(StartFailure.Explain(error) ?? error.ToString());
        }
    }

    // A process that exits while it loads libtorch runs the destructors of what is half there.
    private static int Fail(string sentences)
    {
        Console.Error.WriteLine(sentences);
        Task.WaitAny(_loading);
        return Failed;
    }

    private static List<string> FindMistakes(IServiceProvider services)
    {
        List<string> mistakes = [.. services.GetRequiredService<Mistakes>().Sentences];
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } sentences)
        {
            mistakes.Add(sentences);
        }

        return mistakes;
    }

    [LoggerMessage(LogLevel.Warning, "{Unknown}")]
    private static partial void LogUnknown(ILogger logger, string unknown);

    private sealed record Mistakes(IReadOnlyList<string> Sentences);
}
