namespace DigitService.Health;

/// <summary>What GET /health/live answers.</summary>
/// <param name="Status"><c>live</c>.</param>
/// <param name="Version">The version of the service.</param>
internal sealed record Liveness(string Status, string Version);
