using System.Net.Mime;
using System.Text.Json.Nodes;
using DigitService.Recognition.Data;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>
/// Describes pictures as bodies, in each of the forms in which they are read: a handler that reads them itself has no type
/// for them.
/// </summary>
internal sealed class PictureBodyFilter : IOperationFilter
{
    // The first of MNIST's test images.
    private const string Seven =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAAo0lEQVR42mNgGG4gZOf86TYqOCTv/QOCj8egYJUJ"
        + "iqRzkUfR4sf/HgKV/Hr6718PpnZBJz5nZ2dr0Tf/snDaH/z3ohAuObGX/4Nxamz8904Hl5z1z392ODW2/tvNikuO8+wPK5wa6/5twynn/fuDJS"
        + "454bv/luGSYz7977YyLkm1f/98ccnJP/hXzIjbi/9McMnZfsIjWfnv320N3JLnhUhIWQDoRUgXuTMqowAAAABJRU5ErkJggg==";

    private static readonly string[] _pictureTypes = ["image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context) =>
        operation.RequestBody = OperationExamples.NameOf(context.ApiDescription) switch
        {
            "POST /predict" => OnePicture(),
            "POST /predict/batch" => ManyPictures(),
            "POST /feedback" => Labelled(OnePicture()),
            "POST /feedback/import" => Archive(),
            _ => operation.RequestBody,
        };

    private static OpenApiRequestBody OnePicture()
    {
        var content = new Dictionary<string, OpenApiMediaType> { [MediaTypeNames.Application.Json] = Json() };
        content[MediaTypeNames.Multipart.FormData] = Form(Binary("A picture: PNG, JPEG, WebP, BMP or GIF."));
        foreach (var type in _pictureTypes)
        {
            content[type] = new OpenApiMediaType { Schema = Binary("The picture. Its bytes tell what it is, whatever its type is called.") };
        }

        return new OpenApiRequestBody
        {
            Required = true,
            Description = "One picture, of at most 10 MB and 16 megapixels: its bytes, a form with a part `file`, or JSON.",
            Content = content,
        };
    }

    private static OpenApiRequestBody ManyPictures() => new()
    {
        Required = true,
        Description = "A form with a part `file` for each picture. One that cannot be read is an error in its place alone.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [MediaTypeNames.Multipart.FormData] = Form(new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Binary("A picture: PNG, JPEG, WebP, BMP or GIF."),
            }),
        },
    };

    private static OpenApiRequestBody Labelled(OpenApiRequestBody picture)
    {
        var json = (OpenApiSchema)picture.Content![MediaTypeNames.Application.Json].Schema!;
        var form = picture.Content[MediaTypeNames.Multipart.FormData].Schema!;
        foreach (var schema in json.OneOf!.Append(form).OfType<OpenApiSchema>())
        {
            schema.Properties!["label"] = Words("What the picture shows, where the address does not say it.", [.. Enumerable.Range(0, DigitImages.Classes).Select(digit => $"{digit}"), "none"]);
            schema.Properties["source"] = Words("How it came.", ["drawn", "uploaded"]);
        }

        foreach (var example in picture.Content[MediaTypeNames.Application.Json].Examples!)
        {
            ((JsonObject)example.Value.Value!)["label"] = example.Key == "image" ? "7" : "1";
        }

        picture.Description += " The label is in the address, in the form or in the JSON.";
        return picture;
    }

    private static OpenApiRequestBody Archive() => new()
    {
        Required = true,
        Description = "A ZIP of pictures in folders `0` to `9` and `none`: its bytes, or a form with a part `file`.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [MediaTypeNames.Application.Zip] = new() { Schema = Binary("The ZIP.") },
            [MediaTypeNames.Multipart.FormData] = Form(Binary("The ZIP.")),
        },
    };

    private static OpenApiSchema Words(string description, string[] words) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))],
    };

    private static OpenApiMediaType Json() => new()
    {
        Schema = new OpenApiSchema
        {
            OneOf =
            [
                Object("image", new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "A picture in base64, with or without the `data:image/png;base64,` before it.",
                }),
                Object("pixels", new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "28 rows of 28 pixels laid out as MNIST's are, 0 for paper to 255 for ink.",
                    MinItems = DigitImages.Pixels,
                    MaxItems = DigitImages.Pixels,
                    Items = new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "255" },
                }),
            ],
        },
        Examples = new Dictionary<string, IOpenApiExample>
        {
            ["image"] = new OpenApiExample { Summary = "A seven, as a picture", Value = new JsonObject { ["image"] = Seven } },
            ["pixels"] = new OpenApiExample { Summary = "A one, as pixels", Value = new JsonObject { ["pixels"] = One() } },
        },
    };

    private static OpenApiMediaType Form(OpenApiSchema file) => new() { Schema = Object("file", file) };

    private static OpenApiSchema Object(string member, OpenApiSchema schema) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema> { [member] = schema },
        Required = new HashSet<string> { member },
    };

    private static OpenApiSchema Binary(string description) =>
        new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    private static JsonArray One() =>
    [
        .. from y in Enumerable.Range(0, DigitImages.Side)
           from x in Enumerable.Range(0, DigitImages.Side)
           select JsonValue.Create(x is 13 or 14 && y is > 4 and < 24 ? 255 : 0),
    ];
}
