using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LibTorch.Tests.Surface;

/// <summary>Writes one line for each public or protected member a type declares itself.</summary>
internal static class MemberLines
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<ConstructorInfo> Constructors(Type type) =>
        type.GetConstructors(Declared).Where(one => !one.IsStatic && IsVisible(one));

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(Declared).Where(one => one.GetAccessors(true).Any(IsVisible));

    public static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(Declared).Where(one => one.IsPublic || one.IsFamily || one.IsFamilyOrAssembly);

    public static IEnumerable<EventInfo> Events(Type type) =>
        type.GetEvents(Declared).Where(one => one.AddMethod is { } add && IsVisible(add));

    public static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(Declared)
            .Where(one => IsVisible(one))
            .Where(one => !one.IsSpecialName || one.Name.StartsWith("op_", StringComparison.Ordinal))
            .OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase);

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}ctor({Parameters(constructor.GetParameters())})";

    public static string Of(MethodInfo method)
    {
        var kind = method.IsStatic ? "static " : Overriding(method);
        var type = (method.ReturnType.IsByRef ? "ref " : "") + TypeNames.Of(method.ReturnType);
        var arguments = method.IsGenericMethod
            ? $"<{string.Join(',', method.GetGenericArguments().Select(TypeNames.Of))}>"
            : "";
        return $"{Access(method)}{kind}{type} {method.Name}{arguments}({Parameters(method.GetParameters())})";
    }

    /// <remarks>
    /// The listing shows a property by its public accessors and is silent on whether it is virtual;
    /// a property that has protected accessors only is written with <c>protected</c> in front.
    /// </remarks>
    public static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true);
        var isPublic = accessors.Any(one => one.IsPublic);
        MethodInfo[] shown = [.. accessors.Where(one => isPublic ? one.IsPublic : IsVisible(one))];
        var index = Parameters(property.GetIndexParameters());
        var name = index.Length > 0 ? $"this[{index}]" : property.Name;
        var get = shown.Contains(property.GetMethod) ? "get; " : "";
        var set = !shown.Contains(property.SetMethod) ? "" : IsInit(property) ? "init; " : "set; ";
        var modifiers = (isPublic ? "" : "protected ") + (accessors[0].IsStatic ? "static " : "");
        return $"{modifiers}{TypeNames.Of(property.PropertyType)} {name} {{ {get}{set}}}";
    }

    public static string Of(FieldInfo field)
    {
        var modifiers = (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "");
        return $"{modifiers}{TypeNames.Of(field.FieldType)} {field.Name}";
    }

    public static string Of(EventInfo one) => $"event {TypeNames.Of(one.EventHandlerType!)} {one.Name}";

    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ when parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{modifier}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{value}";
    }

    // Metadata knows one null for both; only a struct that is not nullable can be written "default" alone.
    private static string Default(ParameterInfo parameter) =>
        parameter is { RawDefaultValue: null, ParameterType.IsValueType: true }
            && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Value(parameter.RawDefaultValue);

    // An override and the method of an interface are virtual to the runtime as well, and the listing says so.
    private static string Overriding(MethodInfo method) =>
        method.IsAbstract ? "abstract " : method.IsVirtual ? "virtual " : "";

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
