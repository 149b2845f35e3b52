namespace LibTorch.Tests.Surface;

/// <summary>Writes a type the way the surface listing writes it.</summary>
internal static class TypeNames
{
    // The listing uses a C# keyword for these only; it says Int16, SByte, UInt64 and Char for the others.
    private static readonly Dictionary<string, string> _keywords = new(StringComparer.Ordinal)
    {
        ["System.Void"] = "void",
        ["System.Object"] = "object",
        ["System.String"] = "string",
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
    };

    public static string Of(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            var suffix = type.IsByRef ? "" : type.IsPointer ? "*" : $"[{new string(',', type.GetArrayRank() - 1)}]";
            return Of(type.GetElementType()!) + suffix;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        string[] arguments = [.. type.GetGenericArguments().Select(Of)];
        var name = Plain(type);

        // A tuple that mentions an open type parameter has no FullName, and the listing then spells it out.
        if (type.FullName is not null && name == "ValueTuple" && arguments.Length > 1)
        {
            return $"({string.Join(", ", arguments)})";
        }

        return arguments.Length == 0 ? name : $"{name}<{string.Join(',', arguments)}>";
    }

    private static string Plain(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var full = definition.FullName ?? definition.Name;
        if (_keywords.TryGetValue(full, out var keyword))
        {
            return keyword;
        }

        // Cutting at the first backtick drops the name of a class nested in a generic one, as the listing does.
        var backtick = full.IndexOf('`', StringComparison.Ordinal);
        var name = (backtick < 0 ? full : full[..backtick]).Replace('+', '.');
        var prefix = type.Namespace;
        return prefix is "System" or "System.Collections.Generic" ? name[(prefix.Length + 1)..] : name;
    }
}
