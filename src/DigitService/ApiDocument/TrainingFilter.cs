using System.Text.Json.Nodes;
using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>
/// Describes what training is asked for: each member as that of the options whose place it takes, and the augmentation as
/// a preset's name too.
/// </summary>
internal sealed class TrainingFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (!context.Type.IsAssignableTo(typeof(TrainingOverrides)) || schema is not OpenApiSchema { Properties: { } members })
        {
            return;
        }

        context.SchemaGenerator.GenerateSchema(typeof(TrainingOptions), context.SchemaRepository);
        foreach (var (name, option) in context.SchemaRepository.Schemas[nameof(TrainingOptions)].Properties!)
        {
            if (members.TryGetValue(name, out var member))
            {
                member.Description ??= option.Description;
            }
        }

        var presets = Augmentation.Names.Select(preset => (JsonNode)JsonValue.Create(preset));
        members["augmentation"] = new OpenApiSchema
        {
            Description = "How far images are changed at random: a preset's name, or each range.",
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Enum = [.. presets] },
                context.SchemaGenerator.GenerateSchema(typeof(Augmentation), context.SchemaRepository),
            ],
        };
    }
}
