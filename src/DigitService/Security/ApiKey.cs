namespace DigitService.Security;

/// <summary>Marks a route that changes something, or shows pictures of people: with <c>Security:ApiKey</c> set it wants that key in <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyRequired
{
    internal static ApiKeyRequired Instance { get; } = new();
}

internal static class ApiKey
{
    internal const string Header = "X-Api-Key";

    internal static TBuilder RequireApiKey<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(ApiKeyRequired.Instance);
}
