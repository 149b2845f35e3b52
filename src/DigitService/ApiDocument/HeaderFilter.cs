using System.Text.Json.Nodes;
using DigitService.Operations.Logs;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Describes the headers of the answers.</summary>
internal sealed class HeaderFilter : IOperationFilter
{
    private const string Id = "0HNQ7N2NI95M5:00000001";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer)
            {
                continue;
            }

            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers[RequestId.Header] = Text("The request's name in the service's log: the client's own, if it sent one.", Id);
            if (status is "201" or "202")
            {
                var place = status == "202" ? "/runs/20261121-141500-lenet5"
                    : context.ApiDescription.RelativePath == "feedback" ? "/feedback/9d5cf83d213d82c225620f19d2025416cd19a5f2a7734fe5a014a127a6a064b7"
                    : "/models/20261121-150000-cnn";
                answer.Headers["Location"] = Text("Where to ask for it from now on.", place);
            }
            else if (status is "401")
            {
                answer.Headers["WWW-Authenticate"] = Text("What is asked for.", "ApiKey realm=\"DigitService\", header=\"X-Api-Key\"");
            }
            else if (status is "429" or "503")
            {
                answer.Headers["Retry-After"] = new OpenApiHeader
                {
                    Description = "In how many seconds to ask again.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    Example = JsonValue.Create(1),
                };
            }
        }
    }

    private static OpenApiHeader Text(string description, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}
