using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace DigitService.Predictions;

/// <summary>The classifier, and what stands between it and those who ask.</summary>
internal static class PredictionsSetup
{
    private const int ReadAhead = 64 << 10;

    internal static void AddPredictions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PredictionOptions>().Bind(configuration.GetSection("Predictions")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PredictionOptions>, PredictionOptionsValidation>();

        // Unless told, Kestrel receives a megabyte of each connection before anybody asks for it, and counts it nowhere.
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = ReadAhead);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PredictionOptions>>().Value;
            return new DigitClassifier(
                provider.GetRequiredService<ModelRegistry>(), options.ConcurrentRequests, models: options.ModelsInMemory);
        });
        services.AddSingleton(provider =>
            new BodyMemory((long)provider.GetRequiredService<IOptions<PredictionOptions>>().Value.BodyMegabytes << 20));
        services.AddSingleton<PredictionLimits>();
        services.AddSingleton<PictureBodyReader>();
        services.AddSingleton<PictureReader>();
        services.AddSingleton<BatchReader>();
    }

    internal static void MapPredictions(this IEndpointRouteBuilder routes) => PredictionEndpoints.Map(
        routes, routes.ServiceProvider.GetRequiredService<IOptions<PredictionOptions>>().Value);
}
