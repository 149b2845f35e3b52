using DigitService.Recognition.Feedback;
using Microsoft.Extensions.Options;

namespace DigitService.Feedback;

/// <summary>The pictures that people have corrected, and what can be done with them.</summary>
internal static class FeedbackSetup
{
    internal static void AddFeedback(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FeedbackOptions>().Bind(configuration.GetSection(FeedbackOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeedbackOptions>, FeedbackOptionsCheck>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FeedbackOptions>>().Value;
            return new FeedbackStore(options.FolderOrDefault(), options.Limits, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<FeedbackChanges>();
        services.AddSingleton<FeedbackUpload>();
        services.AddSingleton<FeedbackImports>();
        services.AddHostedService<FeedbackRetention>();
    }

    internal static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        var feedback = routes.MapGroup("/feedback").WithTags("Feedback");
        FeedbackSettings.Map(feedback);
        var enabled = feedback.MapGroup("").AddEndpointFilter(FeedbackSettings.RequireEnabled);
        FeedbackEndpoints.Map(enabled);
        FeedbackArchives.Map(enabled);
    }
}
