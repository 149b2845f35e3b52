using System.Net.Mime;
using DigitService.Recognition.Export;
using DigitService.Recognition.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace DigitService.Models;

/// <summary>Lets models be downloaded.</summary>
internal static class WeightEndpoints
{
    internal static void Map(IEndpointRouteBuilder models)
    {
        models.MapGet("/{id}/weights", GetWeights)
            .WithName("GetWeights")
            .WithSummary("Downloads a model")
            .WithDescription(
                "`format` is `pth`, which PyTorch loads, `onnx` or `safetensors`. All give logits as they were trained; what they are to be "
                + "divided by is `temperature` of the model, and in the metadata of the last two. Parts of a `.pth` can be asked for with `Range`.")
            .Produces<FileStreamResult>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
            .Produces<FileStreamResult>(StatusCodes.Status206PartialContent, MediaTypeNames.Application.Octet)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Produces(StatusCodes.Status416RangeNotSatisfiable)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<FileStreamHttpResult> GetWeights(
        string id, ModelRegistry registry, ModelExports exports, HttpResponse response, string format = "pth")
    {
        switch (format)
        {
            case "pth":
                var info = registry.Get(id);
                return TypedResults.Stream(
                    registry.OpenWeights(id),
                    MediaTypeNames.Application.Octet,
                    $"{id}.pth",
                    info.CreatedAt,
                    new EntityTagHeaderValue($"\"{info.Sha256}\""),
                    enableRangeProcessing: true);
            case "onnx":
                return await Export(ExportFormat.Onnx);
            case "safetensors":
                return await Export(ExportFormat.Safetensors);
            default:
                throw new BadHttpRequestException($"format is '{format}'; accepted: pth, onnx, safetensors.");
        }

        async Task<FileStreamHttpResult> Export(ExportFormat exported) => TypedResults.Stream(
            await exports.WriteAsync(id, exported, response), MediaTypeNames.Application.Octet, $"{id}.{format}");
    }
}
