using System.Text.Json;

namespace DigitService.ApiDocument;

/// <summary>The texts and examples of this folder, which are part of the program.</summary>
internal static class Resource
{
    private const string Prefix = "ApiDocument/";

    internal static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(Prefix + name));
        return reader.ReadToEnd();
    }

    /// <summary>What all the JSON files of a folder have.</summary>
    internal static Dictionary<string, T> ReadAll<T>(string folder) => typeof(Resource).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{Prefix}{folder}/", StringComparison.Ordinal))
        .SelectMany(name =>
        {
            using var file = Open(name);
            return JsonSerializer.Deserialize<Dictionary<string, T>>(file, JsonSerializerOptions.Web)!;
        })
        .ToDictionary();

    private static Stream Open(string name) => typeof(Resource).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException($"{name} is not part of the program.");
}
