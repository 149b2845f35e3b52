using System.Collections.Concurrent;
using System.Text.Json;
using DigitService.Problems;
using DigitService.Recognition;
using DigitService.Security;
using DigitService.Training;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DigitService.Tests;

/// <summary>A small service behind the real security and problems, on a free port, in the tests' process.</summary>
internal sealed class SecurityApp : IAsyncDisposable
{
    /// <summary>What no answer may hold, and exceptions do.</summary>
    internal const string Secret = "/srv/secret/place";

    internal const string Key = "0123456789abcdef";

    private readonly WebApplication _app;
    private readonly LogLines _log;

    private SecurityApp(WebApplication app, LogLines log)
    {
        _app = app;
        _log = log;
        Client = new HttpClient { BaseAddress = Address };
    }

    internal Uri Address => new(_app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    internal HttpClient Client { get; }

    internal string Log => string.Join('\n', _log.Lines);

    internal static async Task<SecurityApp> StartAsync(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls", "http://127.0.0.1:0", .. arguments],
            ContentRootPath = AppContext.BaseDirectory,
        });
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddSecurity();
        builder.Services.AddProblems();
        builder.Services.AddSignalR();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSecurity();
        app.UseStaticFiles();
        app.MapGet("/things", (int count = 1) => TypedResults.Ok(new Thing(count, true)));
        app.MapPost("/things", (Thing thing) => TypedResults.Ok(thing));
        app.MapPost("/length", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.Length;
        });
        app.MapPost("/change", () => "changed").RequireApiKey();
        app.MapPost("/predict", (HttpContext context) => $"{context.Connection.RemoteIpAddress}").RequireRateLimiting(RateLimits.Predictions);
        app.MapPost("/train", () => "queued").RequireApiKey().RequireRateLimiting(RateLimits.Training);
        app.MapGet("/fail", string (HttpRequest request) => throw Fault($"{request.Query["with"]}"));
        app.MapHub<Listeners>("/hubs/training").Add(HubRefusals.Apply);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SecurityApp(app, log);
    }

    /// <summary>The problem that an answer is, which has all that a problem has to have.</summary>
    internal static async Task<JsonElement> ReadProblemAsync(HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        return problem;
    }

    internal static async Task<string> ReadDetailAsync(HttpResponseMessage answer, int status) =>
        (await ReadProblemAsync(answer, status)).GetProperty("detail").GetString()!;

    /// <summary>Sends a request with headers, as they are.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    internal sealed record Thing(int Count, bool IsThere);

    private static Exception Fault(string name) => name switch
    {
        "input" => new InvalidInputException("Epochs is 0; accepted: 1 to 1,000."),
        "argument" => new ArgumentException(Secret),
        "reset" => new ConnectionResetException("Connection reset by peer"),
        "request" => new BadHttpRequestException("The queue is full.", StatusCodes.Status503ServiceUnavailable),
        _ => new InvalidOperationException(Secret),
    };

    private sealed class Listeners : Hub;

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
