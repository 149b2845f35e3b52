using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitService.Recognition.Persistence;

namespace DigitService.Bench;

/// <summary>What numbers depend on: the processor, the system, every version, and the settings that libraries take from the environment.</summary>
internal static partial class Machine
{
    private static readonly string[] _settings = ["OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "MALLOC_", "DOTNET_gc", "DOTNET_Tiered"];

    /// <summary>The share of the processors' time that somebody else takes while this waits.</summary>
    internal static async Task<double> Busy()
    {
        var before = Times();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var spent = Times().Zip(before, (after, earlier) => after - earlier).ToArray();

        // The fourth is idle, the fifth is waiting for a disk.
        return 1 - ((spent[3] + spent[4]) / spent.Sum());
    }

    /// <summary>The rows of a table: name and value.</summary>
    /// <exception cref="InvalidOperationException">Something that stands beside DigitService is not at hand.</exception>
    internal static IReadOnlyList<(string Name, string Value)> Describe()
    {
        var versions = LibraryVersions.Current();
        var settings = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(entry => Array.Exists(_settings, prefix => ((string)entry.Key).StartsWith(prefix, StringComparison.Ordinal)))
            .Select(entry => $"`{entry.Key}={entry.Value}`")
            .Order(StringComparer.Ordinal);
        return
        [
            ("processor", string.Create(
                CultureInfo.InvariantCulture,
                $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB of memory")),
            ("system", $"{versions.Os}, Linux {Environment.OSVersion.Version}"),
            ("DigitService", $"{versions.DigitService}, {versions.Dotnet}, libtorch {versions.Torch}"),
            ("beside it", Peers()),
            ("settings of both", string.Join(", ", settings) is { Length: > 0 } all ? all : "none"),
        ];
    }

    private static double[] Times() =>
        [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))];

    private static string Processor()
    {
        var lines = File.ReadAllLines("/proc/cpuinfo");
        return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model")}), {RuntimeInformation.OSArchitecture}";

        string Field(string name) =>
            Array.Find(lines, line => line.Split(':')[0].Trim() == name)?.Split(':')[1].Trim() ?? "unknown";
    }

    private static string Peers()
    {
        using var python = PeerProcess.OfPyTorch("versions.py", oneCore: false);
        var versions = python.Read().Deserialize<Dictionary<string, string?>>()!;
        string[] missing = [.. versions.Where(version => version.Value is null).Select(version => Named(version.Key))];
        return missing.Length == 0
            ? string.Join(", ", versions.Select(version => $"{Named(version.Key)} {version.Value}").Append($"wrk {Wrk()}"))
            : throw new InvalidOperationException(
                $"{BenchmarkFolder.Python} has no {string.Join(", ", missing)}. On Debian and Ubuntu script/bootstrap --bench installs all that is measured.");
    }

    private static string Named(string module) => module switch
    {
        "torch" => "PyTorch",
        "numpy" => "NumPy",
        "PIL" => "Pillow",
        "fastapi" => "FastAPI",
        _ => module,
    };

    // It tells its version, and ends with 1.
    private static string Wrk()
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-v"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = wrk.StandardOutput.ReadToEnd() + wrk.StandardError.ReadToEnd();
        wrk.WaitForExit();
        return WrkVersion().Match(text) is { Success: true } match ? match.Groups[1].Value : "of an unknown version";
    }

    [GeneratedRegex(@"wrk (?:debian/)?v?([0-9][^ ]*)")]
    private static partial Regex WrkVersion();
}
