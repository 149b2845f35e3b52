using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Shows each operation with its examples, and says what its parameters mean.</summary>
internal sealed class ExampleFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var examples = OperationExamples.Of(context.ApiDescription);
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= examples.Parameters?.GetValueOrDefault(parameter.Name!);
        }

        foreach (var (type, bodies) in examples.Requests ?? [])
        {
            if (operation.RequestBody?.Content is { } contents && contents.TryGetValue(type, out var content))
            {
                content.Examples = bodies.ToDictionary(
                    body => body.Key, body => (IOpenApiExample)new OpenApiExample { Summary = body.Key, Value = body.Value.DeepClone() });
            }
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            var isProblem = status[0] is '4' or '5';
            var type = isProblem ? MediaTypeNames.Application.ProblemJson : MediaTypeNames.Application.Json;
            if (examples.Responses?.GetValueOrDefault(status) is { } example
                && response.Content is { } contents
                && contents.TryGetValue(type, out var content))
            {
                content.Example = isProblem ? ProblemFilter.Example(status, example.GetValue<string>()) : example.DeepClone();
            }
        }
    }
}
