using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Says what the members of a problem mean, which the framework's own type does not.</summary>
internal sealed class ProblemSchemaFilter : ISchemaFilter
{
    private static readonly Dictionary<string, string> _members = new()
    {
        ["type"] = "Where the kind of problem is described.",
        ["title"] = "The kind of problem, in a few words.",
        ["status"] = "The status of the answer, once more.",
        ["detail"] = "What was wrong with this request, and what is accepted: a sentence for a person.",
        ["instance"] = "Left out here.",
        ["requestId"] = "The request's name in the service's log, as in X-Request-Id.",
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(ProblemDetails) || schema is not OpenApiSchema { Properties: { } properties } problem)
        {
            return;
        }

        properties["requestId"] = new OpenApiSchema { Type = JsonSchemaType.String };
        problem.Description = "Why a request was not answered as it was meant (RFC 9457).";
        foreach (var (name, member) in properties)
        {
            member.Description = _members.GetValueOrDefault(name);
        }
    }
}
