using System.Collections;
using System.Reflection;

namespace DigitService.Operations.Settings;

/// <summary>
/// All that can be set in the service's own sections, found where it is declared: a feature's class whose name ends with
/// <c>Options</c> holds the section that is named as the feature's folder.
/// </summary>
internal static class SettingCatalog
{
    internal static IReadOnlyList<string> Sections { get; } = ["Models", "Predictions", "Training", "Feedback", "Security", "Telemetry"];

    internal static IReadOnlyList<Setting> All { get; } =
    [
        .. from section in Sections
           from type in typeof(SettingCatalog).Assembly.GetTypes()
           where type is { IsClass: true, IsAbstract: false, IsNested: false }
               && type.Name.EndsWith("Options", StringComparison.Ordinal)
               && type.Namespace!.EndsWith($".{section}", StringComparison.Ordinal)
           from setting in Of(section, section, type)
           select setting,
    ];

    private static IEnumerable<Setting> Of(string section, string path, Type type)
    {
        var defaults = Activator.CreateInstance(type, nonPublic: true);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBound))
        {
            var key = $"{path}:{property.Name}";
            if (property.PropertyType.Assembly == type.Assembly && property.PropertyType.IsClass)
            {
                foreach (var inner in Of(section, key, property.PropertyType))
                {
                    yield return inner;
                }
            }
            else
            {
                var value = property.GetValue(defaults);
                yield return new Setting(section, key, property.PropertyType, value, $"P:{type.FullName}.{property.Name}");
            }
        }
    }

    private static bool IsBound(PropertyInfo property) => property.CanWrite || property.PropertyType.IsAssignableTo(typeof(IList));
}
