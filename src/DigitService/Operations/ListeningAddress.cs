namespace DigitService.Operations;

/// <summary>What Kestrel calls the addresses at which it listens.</summary>
internal static class ListeningAddress
{
    private static readonly string[] _everywhere = ["://[::]", "://0.0.0.0", "://+", "://*"];

    /// <summary>The address for those on this machine: "everywhere" is nothing that a browser can open.</summary>
    internal static string ToOpen(string address) =>
        _everywhere.Aggregate(address, (name, everywhere) => name.Replace(everywhere, "://localhost", StringComparison.Ordinal));
}
