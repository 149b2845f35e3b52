using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace DigitService.OpenCv;

/// <summary>
/// The image codecs (native/shim.h tells the functions' conventions). They trust what they are given: formats, sizes and
/// limits are checked before.
/// </summary>
public static partial class Codecs
{
    private const string Library = "imageshim";

    static Codecs() => NativeLibrary.SetDllImportResolver(typeof(Codecs).Assembly, Resolve);

    /// <summary>Decodes a PNG, JPEG, WebP (no animation) or BMP with OpenCV, as it is stored: EXIF does not turn it.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="width">The width that the picture has by its header.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="gray">Receives the luma (ITU-R BT.601) of width × height pixels, row by row.</param>
    /// <param name="alpha">Receives how opaque each pixel is, 0 to 255, if it is not null.</param>
    /// <param name="transparentLevel">
    /// The sample, of 8 or 16 bits, that a gray picture without an alpha channel means transparent by; null if there is none.
    /// OpenCV tells it for colours only.
    /// </param>
    /// <exception cref="CodecException">
    /// It cannot be decoded, or has another size; a larger one is refused before its pixels are allocated.
    /// </exception>
    public static void Decode(
        ReadOnlySpan<byte> encoded, int width, int height, byte[] gray, byte[]? alpha, int? transparentLevel = null)
    {
        CheckRoom(width, height, gray, alpha);
        var isJpeg = encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]);
        Check(im_decode(encoded, encoded.Length, isJpeg ? 1 : 0, width, height, transparentLevel ?? -1, gray, alpha));
    }

    /// <summary>Decodes the first image of a GIF with giflib. The parameters are those of <see cref="Decode"/>.</summary>
    /// <exception cref="CodecException">It cannot be decoded, or has another size.</exception>
    public static void DecodeGif(ReadOnlySpan<byte> encoded, int width, int height, byte[] gray, byte[]? alpha)
    {
        CheckRoom(width, height, gray, alpha);
        Check(im_decode_gif(encoded, encoded.Length, width, height, gray, alpha));
    }

    private static void CheckRoom(int width, int height, byte[] gray, byte[]? alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gray.LongLength, (long)width * height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha?.LongLength ?? gray.LongLength, gray.LongLength);
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new CodecException(Marshal.PtrToStringUTF8(im_last_error()) ?? "");
        }
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return IntPtr.Zero;
        }

        try
        {
            return NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libimageshim.so"));
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                "The image codecs could not be loaded. On Debian and Ubuntu they come with: "
                    + "apt-get install libopencv-imgcodecs-dev libgif-dev\n"
                    + $"If they are installed, build again.\nThe loader said: {error.Message}",
                error);
        }
    }

    [LibraryImport(Library)]
    private static partial IntPtr im_last_error();

    [LibraryImport(Library)]
    private static partial int im_decode(
        ReadOnlySpan<byte> encoded,
        int length,
        int isJpeg,
        int width,
        int height,
        int transparent,
        Span<byte> gray,
        Span<byte> alpha);

    [LibraryImport(Library)]
    private static partial int im_decode_gif(
        ReadOnlySpan<byte> encoded, int length, int width, int height, Span<byte> gray, Span<byte> alpha);
}
