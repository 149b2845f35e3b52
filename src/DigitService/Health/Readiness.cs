namespace DigitService.Health;

/// <summary>What GET /health/ready answers when it is.</summary>
/// <param name="Status"><c>ready</c>.</param>
/// <param name="Model">The model that reads digits for those who name none.</param>
/// <param name="Version">The version of the service.</param>
internal sealed record Readiness(string Status, string Model, string Version);
