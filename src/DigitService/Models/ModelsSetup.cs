using System.Text.Json;
using System.Text.Json.Serialization;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>The registry, the classifier over it, and whether it is ready.</summary>
internal static class ModelsSetup
{
    private const string Ready = "ready";

    internal static void AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ModelOptions>(configuration.GetSection("Models"));

        // Answers have the form of the registry's own files: a caller finds the same words in both.
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddSingleton(provider =>
            new ModelRegistry(provider.GetRequiredService<IOptions<ModelOptions>>().Value.FolderOrDefault()));
        services.AddSingleton(provider => new DigitClassifier(provider.GetRequiredService<ModelRegistry>()));
        services.AddHostedService<ModelActivation>();
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "model", provider => new ActiveModelCheck(provider.GetRequiredService<DigitClassifier>()), null, [Ready]));
    }

    internal static void MapModels(this IEndpointRouteBuilder routes)
    {
        // Alive means that it answers at all; ready, that there is a model which has read a first picture.
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) });
        ModelEndpoints.Map(routes);
    }

    private sealed class ActiveModelCheck(DigitClassifier classifier) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(classifier.ActiveId is { } id
                ? HealthCheckResult.Healthy($"The model {id} answers.")
                : HealthCheckResult.Unhealthy("There is no model yet."));
    }
}
