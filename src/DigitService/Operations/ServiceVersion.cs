using System.Reflection;

namespace DigitService.Operations;

/// <summary>What the service calls itself.</summary>
internal static class ServiceVersion
{
    internal const string Name = "DigitService";

    /// <summary>The version, such as <c>0.1.0</c>, without the commit that it was built from.</summary>
    internal static string Number { get; } = typeof(ServiceVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
