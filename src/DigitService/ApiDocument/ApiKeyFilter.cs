using DigitService.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Marks the operations that want the API key.</summary>
internal sealed class ApiKeyFilter : IOperationFilter
{
    internal const string Scheme = "apiKey";
    internal const string Header = "X-Api-Key";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ApiKeyRequired>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }
    }
}
