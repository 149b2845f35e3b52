using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace DigitService.Problems;

/// <summary>Says in a sentence for the caller what the framework says in its own terms of a request that it cannot read.</summary>
internal static partial class RequestErrors
{
    internal static string Sentence(BadHttpRequestException error, HttpContext context) => error switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } when IsOfServer(error) => TooLarge(context),
        { StatusCode: StatusCodes.Status408RequestTimeout } when IsOfServer(error) => "The body of the request came too slowly, and was not waited for.",
        { InnerException: JsonException json } when error.Message.StartsWith("Failed to read parameter", StringComparison.Ordinal) => JsonErrors.Sentence(json),
        _ when Unbound().Match(error.Message) is { Success: true } unbound =>
            $"{unbound.Groups["name"]} is '{unbound.Groups["value"]}'; accepted: {JsonErrors.Accepted(unbound.Groups["type"].Value)}.",
        _ when Missing().Match(error.Message) is { Success: true } missing => $"{missing.Groups["name"]} is missing; /swagger says what it is.",
        _ when error.Message.Contains("no body was provided", StringComparison.Ordinal) => "The request has no body; /swagger says what it has to be.",
        _ when MediaType().Match(error.Message) is { Success: true } type =>
            $"The body is of the type '{type.Groups["given"]}'; accepted: {(type.Groups["accepted"].Value == "JSON" ? "application/json" : "a form")}.",
        _ => error.Message,
    };

    // The server throws a type of its own; the routes throw the framework's, with a sentence that is their own.
    private static bool IsOfServer(BadHttpRequestException error) => error.GetType() != typeof(BadHttpRequestException);

    private static string TooLarge(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most
            ? $"The body of the request is too large; accepted: {most} bytes."
            : "The body of the request is too large.";

    [GeneratedRegex("""^Failed to bind parameter "(?<type>.+) (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter "(?<type>.+) (?<name>\w+)" was not provided from .+\.$""")]
    private static partial Regex Missing();

    [GeneratedRegex("""^Expected a supported (?<accepted>\w+) media type but got "(?<given>.*)"\.$""")]
    private static partial Regex MediaType();
}
