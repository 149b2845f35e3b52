namespace DigitService.Recognition.Imaging;

/// <summary>The gray of a colour.</summary>
internal static class Luma
{
    /// <summary>The luma (ITU-R BT.601), computed in 16 bits and rounded: 0 to 255.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">Likewise.</param>
    /// <param name="blue">Likewise.</param>
    internal static byte Of(byte red, byte green, byte blue) =>
        (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 32768) >> 16);
}
