using System.Text.Json;
using System.Xml.Linq;

namespace DigitService.Operations;

/// <summary>What the code says of itself, as the compiler wrote it beside the program, for people who do not read code.</summary>
internal static class CodeDocumentation
{
    /// <summary>The documentation of the host and its libraries. Where it names another member, that stands there as in JSON.</summary>
    internal static IEnumerable<XDocument> Load() =>
        Directory.GetFiles(AppContext.BaseDirectory, $"{ServiceVersion.Name}*.xml").Select(Read);

    private static XDocument Read(string path)
    {
        var document = XDocument.Load(path);
        foreach (var reference in document.Descendants("see").ToList())
        {
            var name = (reference.Attribute("cref") ?? reference.Attribute("langword"))?.Value.Split('.', ':')[^1] ?? reference.Value;
            reference.ReplaceWith(new XElement("c", JsonNamingPolicy.CamelCase.ConvertName(name)));
        }

        return document;
    }
}
