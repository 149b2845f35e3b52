using System.Reflection;
using System.Runtime.CompilerServices;

namespace LibTorch.Tests.Surface;

/// <summary>
/// What the lines of members leave open and code can nevertheless come to depend on: the number behind an enum's
/// name, interfaces, <c>const</c>, fields that may be written, <c>this</c> parameters, constraints, and the names
/// of tuple elements. Each is a line that ours may only have where TorchSharp has the same one.
/// </summary>
internal static class FinePrint
{
    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
        {
            var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {MemberLines.Value(field.GetRawConstantValue())}");
            return [$"underlying {TypeNames.Of(Enum.GetUnderlyingType(type))}", .. values];
        }

        return
        [
            .. Interfaces(type),
            .. Constraints(type.IsGenericTypeDefinition ? type.GetGenericArguments() : [], "type"),
            .. MemberLines.Fields(type).Where(field => field.IsLiteral).Select(Constant),
            .. MemberLines.Fields(type).Where(field => !field.IsLiteral && !field.IsInitOnly).Select(Writable),
            .. MemberLines.Fields(type).SelectMany(field => Tuples(field, MemberLines.Of(field))),
            .. MemberLines.Properties(type).SelectMany(OfProperty),
            .. MemberLines.Constructors(type).SelectMany(one => Tuples(one.GetParameters(), MemberLines.Of(one))),
            .. MemberLines.Methods(type).SelectMany(OfMethod),
        ];
    }

    private static IEnumerable<string> OfProperty(PropertyInfo property)
    {
        var line = MemberLines.Of(property);
        return [.. Tuples(property, line), .. Tuples(property.GetIndexParameters(), line)];
    }

    private static IEnumerable<string> OfMethod(MethodInfo method)
    {
        var line = MemberLines.Of(method);
        if (method.IsDefined(typeof(ExtensionAttribute)))
        {
            yield return $"extension {line}";
        }

        var constraints = Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [], line);
        foreach (var fact in constraints
            .Concat(Tuples(method.ReturnParameter, line))
            .Concat(Tuples(method.GetParameters(), line)))
        {
            yield return fact;
        }
    }

    // What the base class implements already is a fact about the base class.
    private static IEnumerable<string> Interfaces(Type type) => type.GetInterfaces()
        .Where(one => one.IsVisible && type.BaseType?.GetInterfaces().Contains(one) != true)
        .Select(one => $"implements {TypeNames.Of(one)}")
        .Order(StringComparer.Ordinal);

    // A parameter without constraints gets its line too: being laxer than TorchSharp is drift as well.
    private static IEnumerable<string> Constraints(Type[] parameters, string owner) => parameters.Select(parameter =>
    {
        var flags = parameter.GenericParameterAttributes;
        List<string> parts = [.. parameter.GetGenericParameterConstraints().Select(TypeNames.Of)];
        parts.Sort(StringComparer.Ordinal);
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        // The compiler writes a struct constraint down three times over: as ValueType and as new(), too.
        if (flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            var unmanaged = parameter.CustomAttributes.Any(one => one.AttributeType.Name == "IsUnmanagedAttribute");
            parts.Remove("ValueType");
            parts.Add(unmanaged ? "unmanaged" : "struct");
        }
        else if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return $"where {parameter.Name} : {(parts.Count == 0 ? "anything" : string.Join(", ", parts))} of {owner}";
    });

    private static string Constant(FieldInfo field) =>
        $"const {field.Name} = {MemberLines.Value(field.GetRawConstantValue())}";

    private static string Writable(FieldInfo field) => $"writable {field.Name}";

    private static IEnumerable<string> Tuples(ParameterInfo[] parameters, string line) =>
        parameters.SelectMany(parameter => Tuples(parameter, $"{parameter.Name} of {line}"));

    private static IEnumerable<string> Tuples(ICustomAttributeProvider owner, string line) => owner
        .GetCustomAttributes(typeof(TupleElementNamesAttribute), false)
        .Cast<TupleElementNamesAttribute>()
        .Select(names => $"tuple ({string.Join(", ", names.TransformNames.Select(name => name ?? "_"))}) {line}");
}
