using System.Globalization;
using System.Text.Json;

namespace LibTorch.Tests.Parity;

/// <summary>Compares fixtures as numbers: another processor may round the last bits in another way.</summary>
internal static class FixtureComparison
{
    private const double OfDoubles = 1e-9;
    private const double OfSingles = 1e-6;

    // Below this, numbers are what rounding leaves of zero.
    private const double Nothing = 1e-6;

    /// <summary>Where two fixtures differ. Numbers are compared relative to the largest of their list.</summary>
    internal static IEnumerable<string> Compare(JsonElement committed, JsonElement fresh) =>
        Compare(committed, fresh, "$", OfDoubles);

    private static IEnumerable<string> Compare(JsonElement committed, JsonElement fresh, string path, double tolerance)
    {
        if (committed.ValueKind != fresh.ValueKind)
        {
            return [$"{path}: {committed.ValueKind} is now {fresh.ValueKind}"];
        }

        return committed.ValueKind switch
        {
            JsonValueKind.Object => CompareObjects(committed, fresh, path, ToleranceIn(committed, tolerance)),
            JsonValueKind.Array => CompareLists(committed, fresh, path, tolerance),
            JsonValueKind.Number => CompareNumbers([committed], [fresh], path, tolerance),
            _ => JsonElement.DeepEquals(committed, fresh) ? [] : [$"{path}: {committed} is now {fresh}"],
        };
    }

    private static IEnumerable<string> CompareObjects(
        JsonElement committed, JsonElement fresh, string path, double tolerance)
    {
        var (before, now) = (Members(committed), Members(fresh));
        var gone = before.Keys.Except(now.Keys).Select(name => $"{path}.{name} is gone");
        var added = now.Keys.Except(before.Keys).Select(name => $"{path}.{name} is new");
        var inside = before.Keys.Intersect(now.Keys)
            .SelectMany(name => Compare(before[name], now[name], $"{path}.{name}", tolerance));
        return [.. gone, .. added, .. inside];
    }

    private static IEnumerable<string> CompareLists(
        JsonElement committed, JsonElement fresh, string path, double tolerance)
    {
        JsonElement[] before = [.. committed.EnumerateArray()];
        JsonElement[] now = [.. fresh.EnumerateArray()];
        if (before.Length != now.Length)
        {
            return [$"{path}: {before.Length} elements are now {now.Length}"];
        }

        return before.Concat(now).All(element => element.ValueKind == JsonValueKind.Number)
            ? CompareNumbers(before, now, path, tolerance)
            : before.Zip(now).SelectMany((pair, i) => Compare(pair.First, pair.Second, $"{path}[{i}]", tolerance));
    }

    private static IEnumerable<string> CompareNumbers(
        JsonElement[] committed, JsonElement[] fresh, string path, double tolerance)
    {
        double[] before = [.. committed.Select(element => element.GetDouble())];
        double[] now = [.. fresh.Select(element => element.GetDouble())];
        var largest = before.Select(Math.Abs).Append(Nothing).Max();
        for (var i = 0; i < before.Length; i++)
        {
            if (Math.Abs(before[i] - now[i]) > tolerance * largest)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{path}: {before[i]:R} is now {now[i]:R}, at {i}");
            }
        }
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element) =>
        element.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    // A tensor names its element type; a case of the optimisers ends its name with it.
    private static double ToleranceIn(JsonElement element, double otherwise)
    {
        var says = new[] { "dtype", "name" }
            .Select(key => element.TryGetProperty(key, out var value) ? value.GetString() : null)
            .FirstOrDefault(text => text is not null);
        return says is null ? otherwise
            : says.EndsWith("float32", StringComparison.Ordinal) ? OfSingles
            : OfDoubles;
    }
}
