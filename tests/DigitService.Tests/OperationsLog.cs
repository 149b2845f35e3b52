namespace DigitService.Tests;

/// <summary>Reads what a service has logged, which comes a little after what it answers.</summary>
internal static class OperationsLog
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>The first line that has all of these, as soon as there is one.</summary>
    internal static async Task<string> LineAsync(this Host host, params string[] parts)
    {
        using var late = new CancellationTokenSource(_patience);
        while (true)
        {
            if (Array.Find(host.Log.Split('\n'), Has) is { } found)
            {
                return found;
            }

            Assert.False(late.IsCancellationRequested, $"No line of the log has {string.Join(" and ", parts)}:\n{host.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        bool Has(string line) => Array.TrueForAll(parts, part => line.Contains(part, StringComparison.Ordinal));
    }
}
