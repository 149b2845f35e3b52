using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DigitService.Operations.Logs;

/// <summary>
/// One line of the log for a person: when, how grave, who, what, and in brackets the request that it is about. What
/// clients send stays within its line, whatever characters it has.
/// </summary>
internal sealed class LineFormatter(IOptions<ConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    internal const string FormatterName = "line";

    private readonly ConsoleFormatterOptions _options = options.Value;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var now = _options.UseUtcTimestamp ? DateTimeOffset.UtcNow : DateTimeOffset.Now;
        textWriter.Write(now.ToString(_options.TimestampFormat, CultureInfo.InvariantCulture));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1));
        textWriter.Write(": ");
        WriteOnOneLine(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        scopeProvider?.ForEachScope(WriteRequestId, textWriter);
        textWriter.Write(Environment.NewLine);
        if (logEntry.Exception is { } error)
        {
            textWriter.WriteLine(error);
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => " trace ",
        LogLevel.Debug => " debug ",
        LogLevel.Information => " info  ",
        LogLevel.Warning => " warn  ",
        LogLevel.Error => " error ",
        _ => " fatal ",
    };

    private static void WriteOnOneLine(TextWriter writer, string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
            }
            else
            {
                writer.Write(character);
            }
        }
    }

    private static void WriteRequestId(object? scope, TextWriter writer)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            foreach (var (key, value) in values)
            {
                if (key == "RequestId")
                {
                    writer.Write($" [{value}]");
                }
            }
        }
    }
}
