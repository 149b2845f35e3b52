using System.Globalization;

namespace DigitService.Bench;

/// <summary>A process and those that it started, and those that these started: what they use together.</summary>
/// <param name="Id">The first one's id.</param>
internal sealed record ProcessFamily(int Id)
{
    /// <summary>The seconds of CPU time that all have used so far.</summary>
    internal double CpuSeconds()
    {
        const double TicksPerSecond = 100;
        return Members().Sum(process => process.Ticks) / TicksPerSecond;
    }

    /// <summary>The memory that all have now. What several share counts once: that of the one who shares most.</summary>
    internal double ResidentMebibytes()
    {
        var memory = Members().Select(process => ReadMemory(process.Id)).ToArray();
        return (memory.Sum(process => process.Private) + memory.Max(process => process.Shared)) / 1024.0;
    }

    private (int Id, int Parent, long Ticks)[] Members()
    {
        var processes = Directory.GetDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(ReadStat)
            .OfType<(int Id, int Parent, long Ticks)>()
            .ToArray();
        HashSet<int> family = [Id];
        while (processes.Any(process => family.Contains(process.Parent) && family.Add(process.Id)))
        {
        }

        return [.. processes.Where(process => family.Contains(process.Id))];
    }

    private static (int Id, int Parent, long Ticks)? ReadStat(string folder)
    {
        try
        {
            // The name, in parentheses, may have spaces and parentheses of its own.
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), Number(1), Number(11) + Number(12));

            int Number(int field) => int.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return null;
        }
    }

    // Kibibytes.
    private static (long Private, long Shared) ReadMemory(int id)
    {
        var (own, shared) = (0L, 0L);
        foreach (var line in File.ReadLines($"/proc/{id}/smaps_rollup"))
        {
            if (line.StartsWith("Private_", StringComparison.Ordinal))
            {
                own += Kibibytes(line);
            }
            else if (line.StartsWith("Shared_", StringComparison.Ordinal))
            {
                shared += Kibibytes(line);
            }
        }

        return (own, shared);
    }

    private static long Kibibytes(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
