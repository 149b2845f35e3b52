using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigitService.Models;

/// <summary>The registry: what models there are, and which answers.</summary>
internal static class ModelEndpoints
{
    internal static void Map(IEndpointRouteBuilder models)
    {
        models.MapGet("/", List)
            .WithName("GetModels")
            .WithSummary("All models, the newest first")
            .WithDescription("After them come those that are damaged, with `id`, `isActive` and `error` alone.")
            .Produces<IEnumerable<ModelAnswer>>();
        models.MapGet("/{id}", Get)
            .WithName("GetModel")
            .WithSummary("A model")
            .WithDescription("What it was trained with, how well it reads, and whether it is the one that answers.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        models.MapPost("/{id}/activate", Activate)
            .RequireApiKey()
            .WithName("ActivateModel")
            .WithSummary("Makes a model the one that answers")
            .WithDescription("From then on, and after the next start. No request is lost: those that came before are answered by the model that was active then. A model that cannot be loaded changes nothing and is a 409 with the reason.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status500InternalServerError);
        models.MapDelete("/{id}", Delete)
            .RequireApiKey()
            .WithName("DeleteModel")
            .WithSummary("Deletes a model")
            .WithDescription("A damaged one too, but not the active one. Requests that it is to answer already get their answers.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status500InternalServerError);
    }

    // Another program may just have named another model; the one that answers here is what a caller wants to know.
    private static Ok<IEnumerable<ModelState>> List(ModelRegistry registry, DigitClassifier classifier)
    {
        var active = classifier.ActiveId;
        return TypedResults.Ok(registry.List().Select(entry => ModelState.Of(entry, active)));
    }

    private static Ok<ModelAnswer> Get(string id, ModelRegistry registry, DigitClassifier classifier) =>
        TypedResults.Ok(ModelAnswer.Of(registry.Get(id), classifier.ActiveId));

    private static async Task<Ok<ModelAnswer>> Activate(
        string id, ModelSwitch models, ModelRegistry registry, CancellationToken cancellation)
    {
        await models.ActivateAsync(id, cancellation);
        return TypedResults.Ok(ModelAnswer.Of(registry.Get(id), id));
    }

    private static async Task<NoContent> Delete(string id, ModelSwitch models, CancellationToken cancellation)
    {
        await models.DeleteAsync(id, cancellation);
        return TypedResults.NoContent();
    }
}
