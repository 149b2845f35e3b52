using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Tells members that are always there from those that may be null, as the types themselves do.</summary>
internal sealed class NullabilityFilter(IOptions<JsonOptions> json) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } members } type
            || json.Value.SerializerOptions.GetTypeInfo(context.Type) is not { Kind: JsonTypeInfoKind.Object } info)
        {
            return;
        }

        var described = info.Properties.Where(property => members.ContainsKey(property.Name)).ToList();
        type.Required = described.Where(property => !property.IsGetNullable).Select(property => property.Name).ToHashSet();
        foreach (var property in described)
        {
            members[property.Name] = Describe(members[property.Name], property);
        }
    }

    private static IOpenApiSchema Describe(IOpenApiSchema member, JsonPropertyInfo property)
    {
        switch (member)
        {
            case OpenApiSchemaReference reference when property.IsGetNullable:
                var isEnum = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum;
                var kind = isEnum ? JsonSchemaType.String : JsonSchemaType.Object;
                return new OpenApiSchema { Type = kind | JsonSchemaType.Null, AllOf = [reference] };
            case OpenApiSchema schema:
                schema.Type = property.IsGetNullable ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
                break;
        }

        return member;
    }
}
