using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
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
            .WithDescription(
                "From then on, and after the next start. No request is lost: those that came before are answered by the model that was active then. "
                + "A model that cannot be loaded changes nothing and is a 409 with the reason; so is one that was fine-tuned and reads more than 0.1 "
                + "points of MNIST's test images fewer than the model that it comes from, unless `force` is true.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status500InternalServerError);
        models.MapPost("/rollback", RollBack)
            .RequireApiKey()
            .WithName("RollBack")
            .WithSummary("Makes the model answer again that did before")
            .WithDescription("One step back: the active model's `previous`. The next call goes back to the one before that; models that were deleted are left out.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
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

    /// <summary>Why a model is not made the active one unless somebody forces it, as a sentence; null if it is.</summary>
    internal static string? Refusal(ModelRegistry registry, ModelInfo model, string? activeId) =>
        Promotion.Refusal(registry, model, activeId) is { } refusal ? $"{refusal} To activate it all the same, send ?force=true." : null;

    // Another program may just have named another model; the one that answers here is what a caller wants to know.
    private static Ok<IEnumerable<ModelState>> List(ModelRegistry registry, DigitClassifier classifier)
    {
        var (active, previous) = (classifier.ActiveId, PreviousId(registry));
        return TypedResults.Ok(registry.List().Select(entry => ModelState.Of(entry, active, previous)));
    }

    private static Ok<ModelAnswer> Get(string id, ModelRegistry registry, DigitClassifier classifier) => Answer(id, registry, classifier.ActiveId);

    private static async Task<Ok<ModelAnswer>> Activate(
        string id, ModelSwitch models, ModelRegistry registry, DigitClassifier classifier, CancellationToken cancellation, bool force = false)
    {
        if (!force && Refusal(registry, registry.Get(id), classifier.ActiveId) is { } refusal)
        {
            throw new EntryConflictException(refusal);
        }

        await models.ActivateAsync(id, cancellation);
        return Answer(id, registry, id);
    }

    private static async Task<Ok<ModelAnswer>> RollBack(ModelSwitch models, ModelRegistry registry, CancellationToken cancellation)
    {
        var id = await models.RollBackAsync(cancellation);
        return Answer(id, registry, id);
    }

    private static async Task<NoContent> Delete(string id, ModelSwitch models, CancellationToken cancellation)
    {
        await models.DeleteAsync(id, cancellation);
        return TypedResults.NoContent();
    }

    private static Ok<ModelAnswer> Answer(string id, ModelRegistry registry, string? activeId) =>
        TypedResults.Ok(ModelAnswer.Of(registry.Get(id), activeId, PreviousId(registry)));

    private static string? PreviousId(ModelRegistry registry)
    {
        try
        {
            return registry.GetPreviousId();
        }
        catch (DamagedEntryException)
        {
            // Models are listed all the same, and the one that answers goes on.
            return null;
        }
    }
}
