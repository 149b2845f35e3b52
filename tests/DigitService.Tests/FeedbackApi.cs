using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace DigitService.Tests;

/// <summary>What facts about feedback ask of the service.</summary>
internal static class FeedbackApi
{
    /// <summary>A picture of a stroke, each number another one.</summary>
    internal static byte[] Stroke(int number)
    {
        var (left, height, width, top) = (10 + (number % 40), 20 + (number / 40 % 20), 5 + (number / 800 % 5), 5 + (number / 4_000 % 10));
        return Picture.Png(60, (x, y) => x >= left && x < left + width && y >= top && y < top + height);
    }

    /// <summary>The id of a picture.</summary>
    internal static string IdOf(byte[] picture) => Convert.ToHexStringLower(SHA256.HashData(picture));

    internal static async Task<HttpResponseMessage> PostFeedbackAsync(this HttpClient client, byte[] picture, string query)
    {
        using var content = new ByteArrayContent(picture);
        return await client.PostAsync($"/feedback?{query}", content);
    }

    internal static async Task<JsonElement> ListFeedbackAsync(this HttpClient client, string query = "")
    {
        using var answer = await client.GetAsync($"/feedback?{query}");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    internal static async Task<HttpResponseMessage> ImportFeedbackAsync(this HttpClient client, byte[] zip)
    {
        using var content = new ByteArrayContent(zip);
        return await client.PostAsync("/feedback/import", content);
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(bytes);
            }
        }

        return file.ToArray();
    }
}
