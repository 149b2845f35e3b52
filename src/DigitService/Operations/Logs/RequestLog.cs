using DigitService.Security;
using Microsoft.AspNetCore.Diagnostics;

namespace DigitService.Operations.Logs;

/// <summary>
/// Gives every request its id, and logs one line for each that changes something or fails. The others, and there are
/// thousands of them a second, have their line at the level Debug only.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger, TimeProvider time)
{
    private static readonly Func<ILogger, string, IDisposable?> _scope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");
    private static readonly TimeSpan _betweenRefusals = TimeSpan.FromSeconds(10);

    private long _refused;
    private long _refusalsLogged;

    public async Task InvokeAsync(HttpContext context)
    {
        RequestId.Assign(context);
        using var scope = _scope(logger, context.TraceIdentifier);
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Log(context, started);
        }
    }

    private void Log(HttpContext context, long started)
    {
        var status = context.Response.StatusCode;
        var level = LevelOf(context, status);
        if (IsRefusal(status) && !context.Request.Path.StartsWithSegments("/health"))
        {
            CountRefusal(context, status);
        }

        if (!logger.IsEnabled(level))
        {
            return;
        }

        var request = context.Request;
        var (path, bytes) = (request.Path.Value ?? "", request.ContentLength ?? 0);
        var milliseconds = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1);
        if (status >= StatusCodes.Status400BadRequest && context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
        {
            LogFailure(level, request.Method, path, status, milliseconds, bytes, error.Message);
        }
        else
        {
            LogRequest(level, request.Method, path, status, milliseconds, bytes);
        }
    }

    private static bool IsRefusal(int status) =>
        status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    private static LogLevel LevelOf(HttpContext context, int status) => status switch
    {
        _ when IsRefusal(status) => LogLevel.Debug,
        StatusCodes.Status499ClientClosedRequest => LogLevel.Debug,
        >= StatusCodes.Status500InternalServerError => LogLevel.Warning,
        >= StatusCodes.Status400BadRequest => LogLevel.Information,
        _ when context.GetEndpoint()?.Metadata.GetMetadata<ApiKeyRequired>() is not null => LogLevel.Information,
        _ => LogLevel.Debug,
    };

    // When there are too many requests, a line for each would be as much again: one every ten seconds tells how many.
    private void CountRefusal(HttpContext context, int status)
    {
        Interlocked.Increment(ref _refused);
        var before = Interlocked.Read(ref _refusalsLogged);
        var now = time.GetTimestamp();
        if ((before == 0 || time.GetElapsedTime(before, now) >= _betweenRefusals)
            && Interlocked.CompareExchange(ref _refusalsLogged, now, before) == before)
        {
            LogRefusals(Interlocked.Exchange(ref _refused, 0), context.Request.Method, context.Request.Path.Value ?? "", status);
        }
    }

    [LoggerMessage("{Method} {Path} {Status} in {Milliseconds} ms, {Bytes} bytes")]
    private partial void LogRequest(LogLevel level, string method, string path, int status, double milliseconds, long bytes);

    [LoggerMessage("{Method} {Path} {Status} in {Milliseconds} ms, {Bytes} bytes: {Reason}")]
    private partial void LogFailure(LogLevel level, string method, string path, int status, double milliseconds, long bytes, string reason);

    [LoggerMessage(LogLevel.Warning, "Refused {Count} requests since this was last said, the latest {Method} {Path} with {Status}")]
    private partial void LogRefusals(long count, string method, string path, int status);
}
