using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using DigitService.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Shows a problem for each status that an operation can fail with, those of the key and of the rate limit included.</summary>
internal sealed class ProblemFilter : IOperationFilter
{
    private const string RequestId = "0HNQ7N2NI95M5:00000001";

    private static readonly Dictionary<string, string> _sentences = new()
    {
        ["400"] = "The request is not as it is described here.",
        ["401"] = "This wants the key of the service, once, in the header X-Api-Key.",
        ["404"] = "There is nothing of that name.",
        ["409"] = "That cannot be done in the state that it is in.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is of no type that is read.",
        ["429"] = "Too many requests came from here. Try again in a second.",
        ["500"] = "The service failed to answer this. Its log has the reason, under the requestId that is here.",
        ["507"] = "There is no room for that on the disk.",
        ["503"] = "That cannot be answered at the moment. Try again in a second.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var responses = operation.Responses ??= [];
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiKeyRequired>().Any())
        {
            responses.TryAdd("401", new OpenApiResponse());
        }

        if (metadata.OfType<EnableRateLimitingAttribute>().Any())
        {
            responses.TryAdd("429", new OpenApiResponse());
        }

        responses["default"] = new OpenApiResponse();
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDetails), context.SchemaRepository);
        foreach (var (key, response) in responses.Where(response => response.Key[0] is '4' or '5' or 'd'))
        {
            var status = key == "default" ? "500" : key;
            if (response is OpenApiResponse problem)
            {
                problem.Description = key == "default" ? "Any other problem" : Title(status);
                problem.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaTypeNames.Application.ProblemJson] = new()
                    {
                        Schema = schema,
                        Example = Example(status, _sentences.GetValueOrDefault(status, "That is not possible at the moment.")),
                    },
                };
            }
        }
    }

    /// <summary>A problem as the service writes it.</summary>
    internal static JsonObject Example(string status, string sentence)
    {
        var problem = TypedResults.Problem(sentence, statusCode: int.Parse(status, CultureInfo.InvariantCulture)).ProblemDetails;
        return new JsonObject
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title ?? Title(status),
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["requestId"] = RequestId,
        };
    }

    private static string Title(string status) => ReasonPhrases.GetReasonPhrase(int.Parse(status, CultureInfo.InvariantCulture));
}
