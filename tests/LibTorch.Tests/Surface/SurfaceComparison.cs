using System.Text;

namespace LibTorch.Tests.Surface;

/// <summary>Says what one listing has that another has not.</summary>
internal static class SurfaceComparison
{
    /// <summary>
    /// Every line of <paramref name="ours"/> that <paramref name="theirs"/> lacks under the same type, each with the
    /// lines of theirs that come nearest to it. Empty when ours is a part of theirs.
    /// </summary>
    /// <param name="ours">The types of the assembly under test.</param>
    /// <param name="theirs">The types of TorchSharp; a type may be spread over several entries.</param>
    public static IReadOnlyList<string> FindDrift(IEnumerable<SurfaceType> ours, IEnumerable<SurfaceType> theirs)
    {
        var known = theirs.ToLookup(type => type.Name, StringComparer.Ordinal);
        return [.. ours.SelectMany(type => DriftOf(type, known))];
    }

    private static IEnumerable<string> DriftOf(SurfaceType type, ILookup<string, SurfaceType> known)
    {
        List<SurfaceType> namesakes = [.. known[type.Name]];
        if (namesakes.Count == 0)
        {
            yield return $"{type.Header}\n    is no type listed for TorchSharp";
            yield break;
        }

        // A class nested in a generic one goes by the name of the outer one, so the base tells the two apart.
        var same = namesakes.FindAll(one => one.Header == type.Header);
        if (same.Count == 0)
        {
            yield return Report("", type.Header, namesakes.Select(one => one.Header).Distinct());
            same = namesakes;
        }

        HashSet<string> real = [.. same.SelectMany(one => one.Lines)];
        foreach (var line in type.Lines.Where(line => !real.Contains(line)))
        {
            var name = MemberName(line);
            yield return Report(
                $"{type.Name}: ",
                line,
                real.Where(one => MemberName(one) == name).OrderByDescending(one => Likeness(one, line)).Take(3));
        }
    }

    private static string Report(string where, string line, IEnumerable<string> nearest)
    {
        var report = new StringBuilder($"{where}{line}");
        foreach (var one in nearest.DefaultIfEmpty("nothing of that name"))
        {
            report.Append("\n    TorchSharp has: ").Append(one);
        }

        return report.ToString();
    }

    /// <summary>The name a line is about: the last word ahead of a parameter list, accessors or a value.</summary>
    internal static string MemberName(string line)
    {
        var depth = 0;
        var start = 0;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            var isNamed = at > start;
            if (depth == 0 && isNamed && (letter is '(' or '[' or '<') && IsLastWord(line, at))
            {
                return line[start..at];
            }

            depth += letter is '(' or '[' or '<' ? 1 : letter is ')' or ']' or '>' ? -1 : 0;
            if (depth == 0 && letter == ' ')
            {
                if (line[(at + 1)..] is ['{' or '=', ..])
                {
                    return line[start..at];
                }

                start = at + 1;
            }
        }

        return line[start..];
    }

    // An opening bracket belongs to the name, not to a type, when no further word follows where it closes.
    private static bool IsLastWord(string line, int at)
    {
        var depth = 0;
        for (; at < line.Length; at++)
        {
            depth += line[at] is '(' or '[' or '<' ? 1 : line[at] is ')' or ']' or '>' ? -1 : 0;
            if (depth == 0 && line[at] == ' ')
            {
                return line[at + 1] is '{' or '=';
            }
        }

        return true;
    }

    private static int Likeness(string one, string other)
    {
        var ahead = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var behind = one.Reverse().Zip(other.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return ahead + behind;
    }
}
