using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace DigitService.Models;

/// <summary>Tells what networks can be trained, and with what options.</summary>
internal static class NetworkEndpoints
{
    private static readonly ConcurrentDictionary<string, byte[]> _diagrams = new();

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var networks = routes.MapGroup("/networks").WithTags("Models");
        networks.MapGet("/", List)
            .WithName("GetNetworks")
            .WithSummary("The networks that can be trained")
            .WithDescription("Each with its layers, their shapes, parameters and multiply-adds, and the options that train it well.");
        networks.MapGet("/{name}/diagram", GetDiagram)
            .WithName("GetDiagram")
            .WithSummary("A network's architecture as a picture")
            .WithDescription("An SVG file that stands alone, in light or dark as its reader prefers.")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/recipes", Recipes)
            .WithTags("Models")
            .WithName("GetRecipes")
            .WithSummary("Options that are known to train well")
            .WithDescription("One for each network, under the network's name, and those for a purpose.");
    }

    private static Ok<IEnumerable<NetworkSummary>> List() => TypedResults.Ok(NetworkCatalog.Names.Select(NetworkCatalog.Summary));

    private static Results<FileContentHttpResult, ProblemHttpResult> GetDiagram(string name, HttpResponse response)
    {
        if (NetworkCatalog.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } network)
        {
            return TypedResults.Problem(
                $"There is no network of that name. There is: {string.Join(", ", NetworkCatalog.Names)}.", statusCode: StatusCodes.Status404NotFound);
        }

        var diagram = _diagrams.GetOrAdd(network, known => Encoding.UTF8.GetBytes(NetworkDiagram.Of(known)));
        response.Headers.CacheControl = "public, max-age=3600";

        // Its style is within it, and nothing in it is a program.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return TypedResults.Bytes(
            diagram, "image/svg+xml", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(diagram))}\""));
    }

    private static Ok<IReadOnlyList<Recipe>> Recipes() => TypedResults.Ok(RecipeCatalog.All);
}
