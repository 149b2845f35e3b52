using System.Text.Json;
using System.Text.Json.Serialization;
using DigitService.Recognition.Models;
using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>The registry, and what is done with its models besides asking them.</summary>
internal static class ModelsSetup
{
    internal static void AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection("Models")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsCheck>();

        // Answers have the form of the registry's own files: a caller finds the same words in both.
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddSingleton(provider =>
            new ModelRegistry(provider.GetRequiredService<IOptions<ModelOptions>>().Value.FolderOrDefault()));
        services.AddSingleton<TestImages>();
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton<ModelImports>();
        services.AddSingleton<ModelExports>();
        services.AddSingleton<ModelComparisons>();
        services.AddHostedService<ModelWatch>();
    }

    internal static void MapModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/models").WithTags("Models");
        ModelEndpoints.Map(models);
        ImportEndpoint.Map(models);
        WeightEndpoints.Map(models);
        EvaluationEndpoints.Map(models);
        ComparisonEndpoint.Map(models);
        NetworkEndpoints.Map(routes);
    }
}
