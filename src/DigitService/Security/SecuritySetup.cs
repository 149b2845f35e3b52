using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Who may do what, how often, and with how much.</summary>
internal static class SecuritySetup
{
    internal static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsCheck>();
        services.AddOptions<SecurityOptions>().Configure<IConfiguration>(SecuritySection.Bind).ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<SecurityOptions>>(Limit);
        services.AddRateLimits();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<SecurityOptions>>(OpenTo);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<SecurityOptions>>(Believe);

        // HostCheck reads AllowedHosts, and says what is wrong as a problem. The framework's own check would be first.
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]);
    }

    internal static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseForwardedHeaders();
        app.UseMiddleware<HostCheck>();
        app.UseMiddleware<CrossOriginCheck>();

        // Ahead of routing, since one policy is for all: behind it, CORS keeps a note for every request of its route.
        app.UseCors();
        app.UseMiddleware<SafeMethods>();
        app.UseRouting();
        app.UseMiddleware<PageMethods>();
        app.UseMiddleware<ApiKeyCheck>();
        app.UseMiddleware<WebSocketLimit>();
        app.UseRateLimiter();
        app.Lifetime.ApplicationStarted.Register(() => PublicWithoutKey.Warn(app.Services));
    }

    private static void Limit(KestrelServerOptions kestrel, IOptions<SecurityOptions> security)
    {
        try
        {
            ConnectionLimits.Apply(kestrel, security.Value);
        }
        catch (OptionsValidationException)
        {
            // The server is made while the service is still put together. It never starts: the start says what is wrong.
        }
    }

    private static void OpenTo(CorsOptions cors, IOptions<SecurityOptions> security)
    {
        if (security.Value.CorsOrigins is { Count: > 0 } origins)
        {
            // SignalR's client sends its requests with credentials, of which there are none here.
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. origins])
                .AllowAnyMethod()
                .AllowAnyHeader()
                .AllowCredentials()
                .WithExposedHeaders("Location", "Retry-After", "Content-Disposition", "WWW-Authenticate"));
        }
    }

    private static void Believe(ForwardedHeadersOptions forwarded, IOptions<SecurityOptions> security)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in security.Value.TrustedProxies.Select(SecurityOptionsCheck.Network).OfType<System.Net.IPNetwork>())
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }

        // As many proxies in a row as are trusted.
        forwarded.ForwardLimit = null;
        forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
    }
}
