using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace DigitService.Security;

/// <summary>Says at start when others than this machine can do everything.</summary>
internal static partial class PublicWithoutKey
{
    internal static void Warn(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (services.GetRequiredService<IOptions<SecurityOptions>>().Value.ApiKey is null && addresses.FirstOrDefault(IsPublic) is { } address)
        {
            LogPublic(services.GetRequiredService<ILogger<SecurityOptions>>(), address);
        }
    }

    /// <summary>Whether an address that the server listens at can be reached from other machines.</summary>
    internal static bool IsPublic(string address)
    {
        var binding = BindingAddress.Parse(address);
        return !binding.IsUnixPipe
            && !binding.IsNamedPipe
            && !binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !(IPAddress.TryParse(binding.Host, out var ip) && Client.IsLoopback(ip));
    }

    [LoggerMessage(LogLevel.Warning,
        "Other machines reach {Address}, and no API key is set: whoever does can start trainings, exchange and delete "
        + "models, and see and delete the pictures of feedback. Set Security:ApiKey (in the environment Security__ApiKey), or listen at http://localhost only")]
    private static partial void LogPublic(ILogger logger, string address);
}
