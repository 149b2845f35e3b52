using System.Net.Mime;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigitService.Models;

/// <summary>Tells what models there are, and what networks.</summary>
internal static class ModelEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/models").WithTags("Models");
        models.MapGet("/", List);
        models.MapGet("/{id}", Get);
        models.MapGet("/{id}/evaluation", GetEvaluation);
        routes.MapGet("/networks", Networks).WithTags("Models");
    }

    // Another process may have named another model meanwhile; the one that answers here is what a caller wants to know.
    private static Ok<IEnumerable<ModelEntry>> List(ModelRegistry registry, DigitClassifier classifier) =>
        TypedResults.Ok(registry.List().Select(entry => entry with { IsActive = entry.Id == classifier.ActiveId }));

    private static Ok<ModelInfo> Get(string id, ModelRegistry registry) => TypedResults.Ok(registry.Get(id));

    private static Results<FileContentHttpResult, ProblemHttpResult> GetEvaluation(string id, ModelRegistry registry) =>
        registry.ReadEvaluation(id) is { } report
            ? TypedResults.Bytes(report, MediaTypeNames.Application.Json)
            : TypedResults.Problem($"The model {id} was registered without an evaluation.", statusCode: StatusCodes.Status404NotFound);

    private static Ok<IEnumerable<NetworkSummary>> Networks() =>
        TypedResults.Ok(NetworkCatalog.Names.Select(NetworkCatalog.Summary));
}
