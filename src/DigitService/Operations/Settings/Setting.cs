using System.Collections;
using System.Globalization;

namespace DigitService.Operations.Settings;

/// <summary>One value that can be set.</summary>
/// <param name="Section">The section that it belongs to, which is named as a folder of the host.</param>
/// <param name="Key">Its whole name, such as <c>Training:QueueLength</c>.</param>
/// <param name="Type">What it is converted to.</param>
/// <param name="Default">What it is when nobody sets it; null for what its description says.</param>
/// <param name="Property">Its name in the compiler's documentation.</param>
internal sealed record Setting(string Section, string Key, Type Type, object? Default, string Property)
{
    /// <summary>Whether it has values of its own below it, numbered or named.</summary>
    internal bool IsList => Type != typeof(string) && Type.IsAssignableTo(typeof(IEnumerable));

    /// <summary>The default as it is written; empty where there is none, or several.</summary>
    internal string DefaultText => Default switch
    {
        bool isSet => isSet ? "true" : "false",
        _ when IsList => "",
        _ => Convert.ToString(Default, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>What can be written for it, for a sentence.</summary>
    internal string Accepted => (Nullable.GetUnderlyingType(Type) ?? Type) switch
    {
        { IsEnum: true } type => string.Join(", ", Enum.GetNames(type)),
        var type when type == typeof(bool) => "true or false",
        var type when type == typeof(TimeSpan) => "a time such as 00:00:30",
        var type when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => "a number such as 0.5",
        var type when type.IsPrimitive => "a whole number",
        _ => "text",
    };
}
