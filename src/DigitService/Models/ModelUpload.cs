using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DigitService.Models;

/// <summary>
/// Reads the form of POST /models as it arrives: the file goes to the disk, whatever its place among the parts, and what
/// is in memory has a bound.
/// </summary>
internal sealed class ModelUpload(HttpRequest request, FileStream file, long largestFile)
{
    private const string File = "file";

    private const int LongestText = 200;
    private const int LargestEnvelope = 64 << 10;

    private static readonly string[] _texts = ["network", "name", "normalization", "preprocess", "temperature"];

    private readonly Dictionary<string, string> _found = [];
    private readonly byte[] _buffer = new byte[64 << 10];

    /// <summary>What is to be imported. The file is on the disk then, to be read from its beginning.</summary>
    /// <exception cref="BadHttpRequestException">The form is not one of POST /models, or is too large.</exception>
    internal async Task<ModelImport> ReadAsync(CancellationToken cancellation)
    {
        if (request.ContentLength > largestFile + LargestEnvelope)
        {
            throw TooLarge();
        }

        var reader = new MultipartReader(Boundary(), request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 << 10 };
        var hasFile = false;
        while (await FromCallerAsync(() => reader.ReadNextSectionAsync(cancellation)) is { } section)
        {
            var name = HeaderUtilities.RemoveQuotes(section.GetContentDispositionHeader()?.Name ?? "").ToString();
            if (name == File && !hasFile)
            {
                await CopyFileAsync(section.Body, cancellation);
                hasFile = true;
            }
            else if (!_texts.Contains(name) || !_found.TryAdd(name, await ReadTextAsync(name, section.Body, cancellation)))
            {
                throw new BadHttpRequestException(
                    $"The form has a part that is not known, or one twice; accepted: {File}, {string.Join(", ", _texts)}, each once.");
            }
        }

        file.Position = 0;
        return hasFile ? Import() : throw new BadHttpRequestException($"The form has no part '{File}'; accepted: a .pth file of PyTorch.");
    }

    private ModelImport Import() => new(
        Text("network") ?? throw new BadHttpRequestException(
            $"The form has no part 'network'; accepted: {string.Join(", ", NetworkCatalog.Names)}."),
        Text("normalization") is not { } normalization ? Normalization.Mnist
            : Enum.TryParse<Normalization>(normalization, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsAsciiDigit(normalization[0]) ? named
            : throw new BadHttpRequestException("normalization is not one of those that there are; accepted: mnist, unit, symmetric."),
        Text("name"),
        Text("preprocess") ?? "mnist",
        Text("temperature") is not { } temperature ? 1
            : double.TryParse(temperature, CultureInfo.InvariantCulture, out var number) ? number
            : throw new BadHttpRequestException("temperature is not a number; accepted: 0.01 to 100."));

    private string? Text(string name) => _found.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    private string Boundary() =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.Value!
            : throw new BadHttpRequestException("The form has no boundary between its parts, of at most 70 characters.");

    private async Task CopyFileAsync(Stream body, CancellationToken cancellation)
    {
        while (await FromCallerAsync(() => body.ReadAsync(_buffer, cancellation).AsTask()) is var count and > 0)
        {
            if (file.Length + count > largestFile)
            {
                throw TooLarge();
            }

            await file.WriteAsync(_buffer.AsMemory(0, count), cancellation);
        }
    }

    private async Task<string> ReadTextAsync(string name, Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(body);
        var text = new char[LongestText + 1];
        var length = await FromCallerAsync(() => reader.ReadBlockAsync(text, cancellation).AsTask());
        return length <= LongestText
            ? new string(text, 0, length)
            : throw new BadHttpRequestException($"{name} is longer than {LongestText} characters.");
    }

    // What goes wrong here was sent so, unlike what goes wrong on the disk.
    private async Task<T> FromCallerAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException)
            && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException($"The form cannot be read: {error.Message}", error);
        }
    }

    private BadHttpRequestException TooLarge() => new(
        FormattableString.Invariant($"The file is too large; accepted: {largestFile:N0} bytes."), StatusCodes.Status413PayloadTooLarge);
}
