using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DigitService.ApiDocument;

/// <summary>Says what each group of operations is for, in the order in which one meets them.</summary>
internal sealed class TagFilter : IDocumentFilter
{
    private static readonly (string Name, string Description)[] _tags =
    [
        ("Predictions", "Reads digits in pictures."),
        ("Training", "Trains networks, one run after the other. Live progress is at the hub, as told above."),
        ("Models", "The models that there are, how well they read, and which one answers; and the networks that can be trained."),
        ("Feedback", "The pictures that people have corrected, kept to be learned from. They are seen and changed with the key only."),
        ("Health", "For those who watch over the service."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Tags = _tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();

        // A group's own route has a slash at its end, which nobody needs to write.
        foreach (var (path, item) in swaggerDoc.Paths.Where(path => path.Key.Length > 1 && path.Key.EndsWith('/')).ToList())
        {
            swaggerDoc.Paths.Remove(path);
            swaggerDoc.Paths.Add(path.TrimEnd('/'), item);
        }
    }
}
