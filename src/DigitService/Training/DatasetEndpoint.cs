using DigitService.Recognition.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigitService.Training;

/// <summary>Tells what runs may learn from.</summary>
internal static class DatasetEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/datasets", List)
        .WithTags("Training")
        .WithName("GetDatasets")
        .WithSummary("What can be trained on")
        .WithDescription(
            "MNIST, and the folders beside it: IDX files under MNIST's or EMNIST's names, or pictures in the folders 0 to 9 and none, where "
            + "none is what shows no digit; both may have images to be tested on. A name goes to POST /train as `data`. No image is read "
            + "for this: pictures are counted as files.");

    private static Ok<IReadOnlyList<DatasetInfo>> List(DatasetSource datasets) => TypedResults.Ok(datasets.List());
}
