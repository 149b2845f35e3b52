using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

/// <summary>Makes checkpoints that PyTorch would not, out of opcodes spelt as Latin-1 text.</summary>
internal static class Forgery
{
    internal const string Start = "\u0080\u0002";

    /// <summary>An empty OrderedDict, as hooks are.</summary>
    internal const string NoHooks = "ccollections\nOrderedDict\n)R";

    internal static string Text(string text) => Sized('X', (uint)Encoding.UTF8.GetByteCount(text)) + text;

    internal static string Integer(long number) =>
        "\u008A\u0008" + Encoding.Latin1.GetString(BitConverter.GetBytes(number));

    internal static string Integers(params long[] numbers) => $"({string.Concat(numbers.Select(Integer))}t";

    internal static string Sized(char opcode, uint size) =>
        opcode + Encoding.Latin1.GetString(BitConverter.GetBytes(size));

    internal static string Storage(string storageClass, long count, string key = "0") =>
        $"({Text("storage")}ctorch\n{storageClass}\n{Text(key)}{Text("cpu")}{Integer(count)}tQ";

    internal static string Tensor(string storage, long offset, long[] shape, long[] strides) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({storage}{Integer(offset)}{Integers(shape)}{Integers(strides)}"
        + $"\u0089{NoHooks}tR";

    /// <summary>An archive around a pickle, given without its first and last opcode.</summary>
    internal static byte[] Archive(string pickle, params (string Name, byte[] Content)[] entries)
    {
        var opcodes = Encoding.Latin1.GetBytes(Start + pickle + ".");
        return Zip([("a/data.pkl", opcodes), ("a/version", "3\n"u8.ToArray()), .. entries]);
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    internal static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    internal static object? Read(byte[] file, PthLimits? limits = null)
    {
        using var stream = new MemoryStream(file, writable: false);
        return PthFile.Read(stream, "model.pth", limits);
    }

    /// <summary>The message with which a file is refused; it names the file.</summary>
    internal static string Refusal(byte[] file, PthLimits? limits = null)
    {
        var refusal = Assert.Throws<PthFormatException>(() => Read(file, limits));
        Assert.StartsWith("model.pth: ", refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
