using System.Globalization;
using System.Text;

namespace DigitService.Operations.Settings;

/// <summary>What <c>--help</c> prints: everything that can be set, in the words of the code's own documentation.</summary>
internal static class Help
{
    private const int Width = 100;
    private const string Indent = "      ";

    internal static string Text()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            {ServiceVersion.Name} {ServiceVersion.Number} reads handwritten digits over HTTP, and trains what reads them.

              script/server [--Section:Key value]...

            What is written here as --Section:Key can also be set in the environment as Section__Key, or in appsettings.json
            beside the program. The command line wins over the environment, and that over the file.

              --urls  (default http://localhost:8080)
                  Where it listens. http://*:8080 answers other machines too.
              --AllowedHosts
                  The names under which it may be called, such as digits.example.org;*.example.net, or * for any.
              --Logging:Console:FormatterName  (default line)
                  line for people, json for programs that read logs.
              --Logging:LogLevel:Default  (default Information)
                  Trace, Debug, Information, Warning, Error or None. With Debug every request has its line.

            """);
        var documentation = Documentation();
        foreach (var section in SettingCatalog.All.GroupBy(setting => setting.Section))
        {
            text.AppendLine().AppendLine(section.Key);
            foreach (var setting in section)
            {
                var value = setting.DefaultText;
                text.AppendLine(value.Length > 0 ? $"  --{setting.Key}  (default {value})" : $"  --{setting.Key}");
                text.Append(Wrap(documentation.GetValueOrDefault(setting.Property, "")));
            }
        }

        return text.ToString();
    }

    private static Dictionary<string, string> Documentation() => CodeDocumentation.Load()
        .SelectMany(document => document.Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(
            member => member.Attribute("name")!.Value,
            member => string.Join(' ', Words(member.Element("summary")?.Value ?? "")));

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static StringBuilder Wrap(string sentences)
    {
        var text = new StringBuilder();
        var length = 0;
        foreach (var word in sentences.Split(' '))
        {
            var isFirst = length == 0;
            if (!isFirst && length + 1 + word.Length > Width)
            {
                text.AppendLine();
                isFirst = true;
            }

            length = isFirst ? Indent.Length + word.Length : length + 1 + word.Length;
            text.Append(isFirst ? Indent : " ").Append(word);
        }

        return text.AppendLine();
    }
}
