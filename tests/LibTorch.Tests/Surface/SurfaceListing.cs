using System.Reflection;

namespace LibTorch.Tests.Surface;

/// <summary>Lists what an assembly lets others see, or reads such a listing from a file.</summary>
internal static class SurfaceListing
{
    /// <summary>The members only, in the form of torchsharp-0.106-surface.txt.</summary>
    public static IReadOnlyList<SurfaceType> MembersOf(Assembly assembly) =>
        [.. VisibleTypes(assembly).Select(type => new SurfaceType(Header(type), [.. Members(type)]))];

    /// <summary>The members, and with them what that form cannot say (see <see cref="FinePrint"/>).</summary>
    public static IReadOnlyList<SurfaceType> Of(Assembly assembly) =>
        [.. VisibleTypes(assembly).Select(type =>
            new SurfaceType(Header(type), type.IsEnum
                ? [.. FinePrint.Of(type)]
                : [.. Members(type), .. FinePrint.Of(type)]))];

    /// <summary>TorchSharp 0.106 as listed in the two files beside this one.</summary>
    public static IReadOnlyList<SurfaceType> OfTorchSharp() =>
    [
        .. Read(Path.Combine(AppContext.BaseDirectory, "Surface", "torchsharp-0.106-surface.txt")),
        .. Read(Path.Combine(AppContext.BaseDirectory, "Surface", "torchsharp-0.106-more.txt")),
    ];

    /// <summary>
    /// Reads a listing: a header starts its line, what belongs to it is indented, <c>#</c> starts a comment.
    /// </summary>
    public static IReadOnlyList<SurfaceType> Read(string path)
    {
        List<SurfaceType> types = [];
        List<string> lines = [];
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                lines.Add(line.Trim());
            }
            else
            {
                lines = [];
                types.Add(new SurfaceType(line.TrimEnd(), lines));
            }
        }

        return types;
    }

    private static IEnumerable<Type> VisibleTypes(Assembly assembly) =>
        assembly.GetTypes().Where(IsVisible).OrderBy(TypeNames.Of, StringComparer.OrdinalIgnoreCase);

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            _ => "class",
        };
        var hasBase = type is { IsValueType: false, BaseType: not null } && type.BaseType != typeof(object);
        return $"{kind} {TypeNames.Of(type)}{(hasBase ? $" : {TypeNames.Of(type.BaseType!)}" : "")}";
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? [string.Join(", ", Enum.GetNames(type))]
        : [
            .. MemberLines.Constructors(type).Select(MemberLines.Of),
            .. MemberLines.Properties(type).Select(MemberLines.Of),
            .. MemberLines.Fields(type).Select(MemberLines.Of),
            .. MemberLines.Events(type).Select(MemberLines.Of),
            .. MemberLines.Methods(type).Select(MemberLines.Of),
        ];
}
