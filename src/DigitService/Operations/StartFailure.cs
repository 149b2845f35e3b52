using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace DigitService.Operations;

/// <summary>What keeps the service from starting and is no fault of the program, in sentences that say what to do.</summary>
internal static class StartFailure
{
    private const string AnotherPort = "choose another with --urls http://localhost:8081";

    /// <summary>The sentences; null if the error is one that nobody expects.</summary>
    internal static string? Explain(Exception error) => error switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        InvalidDataException { InnerException: FormatException { InnerException: JsonException json } } =>
            $"{error.Message} {json.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} Another program listens there, perhaps another DigitService: end it, or {AnotherPort}.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"The port may not be used: those below 1024 are for root, as a rule. Please {AnotherPort}.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "This machine has no such address as --urls names. http://localhost:8080 is for this machine alone, "
            + "http://*:8080 for all that reach it.",
        InvalidOperationException when error.Message.StartsWith("Unable to configure HTTPS", StringComparison.Ordinal) =>
            "For https:// a certificate is needed: set Kestrel:Certificates:Default:Path, and "
            + "Kestrel:Certificates:Default:Password if it has one.",
        TypeInitializationException { InnerException: { } cause } => Explain(cause),
        DllNotFoundException => error.Message,
        _ => null,
    };
}
