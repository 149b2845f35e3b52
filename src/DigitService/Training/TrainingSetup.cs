using System.Text.Json;
using System.Text.Json.Serialization;
using DigitService.Recognition.Runs;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>Training in the background, one run at a time, and a hub for those who watch.</summary>
internal static class TrainingSetup
{
    // A handshake, a ping and the one method that a client may call are shorter.
    private const int LongestMessage = 1 << 10;

    internal static void AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TrainingServiceOptions>()
            .Bind(configuration.GetSection(TrainingServiceOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TrainingServiceOptions>, OptionsCheck>();
        services.AddSingleton(provider =>
            new RunStore(provider.GetRequiredService<IOptions<TrainingServiceOptions>>().Value.FolderOrDefault()));
        services.AddSingleton<MnistSource>();
        services.AddSingleton<DatasetSource>();
        services.AddSingleton<ServerPaths>();
        services.AddSingleton<TrainingQueue>();
        services.AddSingleton<TrainingService>();
        services.AddSingleton<TrainingWatchers>();
        services.AddHostedService<TrainingWorker>();
        services
            .AddSignalR(signalR =>
            {
                signalR.MaximumReceiveMessageSize = LongestMessage;
                signalR.MaximumParallelInvocationsPerClient = 1;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
    }

    internal static void MapTraining(this IEndpointRouteBuilder routes)
    {
        TrainingEndpoints.Map(routes);
        DatasetEndpoint.Map(routes);
        routes.MapHub<TrainingHub>("/hubs/training", connection => connection.ApplicationMaxBufferSize = LongestMessage)
            .Add(HubRefusals.Apply);
    }

    private sealed class OptionsCheck : IValidateOptions<TrainingServiceOptions>
    {
        public ValidateOptionsResult Validate(string? name, TrainingServiceOptions options)
        {
            string[] problems = [.. options.Problems()];
            return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
