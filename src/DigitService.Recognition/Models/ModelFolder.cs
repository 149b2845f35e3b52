using System.Security.Cryptography;
using System.Text.Json;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>The three files of one model.</summary>
internal sealed class ModelFolder
{
    private readonly string _path;
    private readonly string _registry;

    /// <param name="path">The model's folder.</param>
    /// <param name="registry">What messages call the folder that it is in.</param>
    internal ModelFolder(string path, string registry)
    {
        _path = path;
        _registry = registry;
    }

    internal string WeightsPath => Path.Combine(_path, "model.pth");

    internal string InfoPath => Path.Combine(_path, "model.json");

    internal string EvaluationPath => Path.Combine(_path, "evaluation.json");

    /// <summary>A message, or the path of a file, without the path of the registry in it.</summary>
    internal string Shown(string message) => message.Replace(Path.GetDirectoryName(_path)!, _registry, StringComparison.Ordinal);

    /// <summary>Writes the model's files, each flushed to the disk, into a folder that nobody looks into yet.</summary>
    internal ModelInfo Write(ModelInfo info, Action<Stream> writeWeights, ReadOnlyMemory<byte>? evaluation)
    {
        Directory.CreateDirectory(_path);
        using (var file = new FileStream(WeightsPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            writeWeights(file);
            file.Flush(flushToDisk: true);
            file.Position = 0;
            info = info with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)), Size = file.Length };
        }

        Write(info, evaluation);
        return info;
    }

    /// <summary>Writes what is said of the model, each file whole; the report first, which tells for itself how it was made.</summary>
    internal void Write(ModelInfo info, ReadOnlyMemory<byte>? evaluation)
    {
        if (evaluation is { } report)
        {
            AtomicFile.Write(EvaluationPath, file => file.Write(report.Span));
        }

        RecognitionJson.Write(InfoPath, info);
    }

    /// <exception cref="DamagedEntryException">The model's file is missing or nonsense, or its weights have another size.</exception>
    internal ModelInfo ReadInfo()
    {
        var info = RecognitionJson.Read<ModelInfo>(InfoPath, Shown(InfoPath));
        if (info.ProblemIn(Path.GetFileName(_path)) is { } problem)
        {
            throw RecognitionJson.Damaged(Shown(InfoPath), problem);
        }

        var weights = new FileInfo(WeightsPath);
        if (!weights.Exists)
        {
            throw RecognitionJson.Damaged(Shown(WeightsPath), "it is missing.");
        }

        return weights.Length == info.Size
            ? info
            : throw RecognitionJson.Damaged(Shown(WeightsPath), $"it has {weights.Length:N0} bytes; model.json says {info.Size:N0}.");
    }

    /// <summary>The weights from their beginning, looked through once.</summary>
    /// <exception cref="DamagedEntryException">The weights are not those that were registered, or cannot be read.</exception>
    internal Stream OpenUntouchedWeights(ModelInfo info)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(WeightsPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != info.Sha256)
            {
                throw RecognitionJson.Damaged(
                    Shown(WeightsPath), "its SHA-256 is not the one in model.json; one of them was changed since it was registered.");
            }

            file.Position = 0;
            return file;
        }
        catch (Exception error)
        {
            file?.Dispose();
            if (error is UnauthorizedAccessException or (IOException and not DamagedEntryException))
            {
                throw RecognitionJson.Damaged(Shown(WeightsPath), Shown(error.Message), error);
            }

            throw;
        }
    }

    /// <summary>The report, or null if there is none.</summary>
    /// <exception cref="DamagedEntryException">It is not JSON.</exception>
    internal byte[]? ReadEvaluation()
    {
        try
        {
            var content = File.ReadAllBytes(EvaluationPath);
            using var document = JsonDocument.Parse(content);
            return content;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or UnauthorizedAccessException)
        {
            throw RecognitionJson.Damaged(
                Shown(EvaluationPath), $"it is not JSON that can be read. {Shown(error.Message)}", error);
        }
    }
}
