namespace DigitService.Recognition.Data;

/// <summary>
/// Where each pixel of a changed image comes from: its place (x, y), counted from the image's centre, was
/// (XX·x + XY·y + X, YX·x + YY·y + Y) in the original.
/// </summary>
internal readonly record struct AffineMap(float XX, float XY, float X, float YX, float YY, float Y)
{
    /// <summary>
    /// The map of an image that is scaled, then slanted, then rotated, all about its centre, and then shifted.
    /// </summary>
    /// <param name="rotation">Degrees, -180 to 180; clockwise where y grows downwards.</param>
    /// <param name="shear">Degrees between an upright line before and after; its lower end moves right.</param>
    /// <param name="scaleX">What the width is multiplied by.</param>
    /// <param name="scaleY">What the height is multiplied by.</param>
    /// <param name="shiftX">Pixels to the right.</param>
    /// <param name="shiftY">Pixels down.</param>
    internal static AffineMap Inverse(
        double rotation, double shear, double scaleX, double scaleY, double shiftX, double shiftY)
    {
        var (sin, cos) = SinCos(rotation);
        var (rise, run) = SinCos(shear);
        var slant = rise / run;
        var xx = (cos + (slant * sin)) / scaleX;
        var xy = (sin - (slant * cos)) / scaleX;
        var yx = -sin / scaleY;
        var yy = cos / scaleY;
        return new AffineMap(
            (float)xx,
            (float)xy,
            (float)-((xx * shiftX) + (xy * shiftY)),
            (float)yx,
            (float)yy,
            (float)-((yx * shiftX) + (yy * shiftY)));
    }

    // The C library's sine may differ in its last bit from one processor to another; this one cannot. Taylor's series
    // for an eighth of the angle, doubled three times, is right to 2e-10, well within a float.
    private static (double Sin, double Cos) SinCos(double degrees)
    {
        var angle = degrees * (Math.PI / 180 / 8);
        var square = angle * angle;
        var sin = angle * (1 - (square / 6 * (1 - (square / 20 * (1 - (square / 42 * (1 - (square / 72))))))));
        var cos = 1 - (square / 2 * (1 - (square / 12 * (1 - (square / 30 * (1 - (square / 56)))))));
        for (var i = 0; i < 3; i++)
        {
            (sin, cos) = (2 * sin * cos, (cos * cos) - (sin * sin));
        }

        return (sin, cos);
    }
}
