namespace DigitService.Recognition.Imaging;

/// <summary>A picture in shades of gray, upright, without transparency.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Width × Height values, row by row from the top: 0 is black and 255 is white, as the picture shows it.</param>
public sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The pixels along the four sides, each once.</summary>
    internal IEnumerable<byte> Border()
    {
        for (var y = 0; y < Height; y++)
        {
            var step = y == 0 || y == Height - 1 ? 1 : Math.Max(1, Width - 1);
            for (var x = 0; x < Width; x += step)
            {
                yield return Pixels[(y * Width) + x];
            }
        }
    }
}
