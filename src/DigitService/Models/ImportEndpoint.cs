using System.Net.Mime;
using DigitService.Recognition.Inference;
using DigitService.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Models;

/// <summary>Takes weights in that were trained elsewhere.</summary>
internal static class ImportEndpoint
{
    internal static void Map(IEndpointRouteBuilder models) => models.MapPost("/", Import)
        .RequireApiKey()

        // A server that has a limit itself does not read on after refusing a body, and the refusal is lost with the
        // connection. The form is counted as it is read.
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .Accepts<ModelForm>(MediaTypeNames.Multipart.FormData)
        .WithName("ImportModel")
        .WithSummary("Imports a model that PyTorch saved")
        .WithDescription("Its weights are checked, the test images are read with them, and they become a model, which is not active yet. No code in the file is run, and whatever is refused leaves nothing.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status500InternalServerError)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Created<ModelAnswer>> Import(
        HttpRequest request, ModelImports imports, DigitClassifier classifier, CancellationToken cancellation)
    {
        var model = await imports.RunAsync(request, cancellation);
        return TypedResults.Created($"/models/{model.Id}", ModelAnswer.Of(model, classifier.ActiveId, previousId: null));
    }
}
