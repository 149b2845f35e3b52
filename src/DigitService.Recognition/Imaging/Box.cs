namespace DigitService.Recognition.Imaging;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct Box(int X, int Y, int Width, int Height)
{
    internal int Right => X + Width;

    internal int Bottom => Y + Height;

    internal int Side => Math.Max(Width, Height);

    internal bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

    internal Box Scaled(int factor) => new(X * factor, Y * factor, Width * factor, Height * factor);

    internal Box Grown(int margin) => new(X - margin, Y - margin, Width + (2 * margin), Height + (2 * margin));

    internal Box Within(int width, int height)
    {
        var (x, y) = (Math.Max(0, X), Math.Max(0, Y));
        return new Box(x, y, Math.Min(width, Right) - x, Math.Min(height, Bottom) - y);
    }

    internal Box Union(Box other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new Box(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>The free pixels between two boxes, 0 if they touch or overlap.</summary>
    internal int Gap(Box other)
    {
        var x = Math.Max(0, Math.Max(other.X - Right, X - other.Right));
        var y = Math.Max(0, Math.Max(other.Y - Bottom, Y - other.Bottom));
        return Math.Max(x, y);
    }
}
