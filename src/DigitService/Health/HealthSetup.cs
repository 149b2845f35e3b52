namespace DigitService.Health;

/// <summary>What whoever watches over the service asks it: whether it lives, and whether it is ready.</summary>
internal static class HealthSetup
{
    internal static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<WarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
    }

    internal static void MapHealth(this IEndpointRouteBuilder routes) => HealthEndpoints.Map(routes);
}
