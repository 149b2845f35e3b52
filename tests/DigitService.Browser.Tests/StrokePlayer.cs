using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>Draws strokes on a page as a hand does: with the mouse, a finger or a pen.</summary>
internal static class StrokePlayer
{
    /// <summary>A digit's strokes in the window's pixels, in the middle of a box, filling a share of its longer side.</summary>
    internal static IReadOnlyList<(float X, float Y)[]> Place(InkDigit digit, LocatorBoundingBoxResult box, double fill = 0.62)
    {
        var points = digit.Strokes.SelectMany(stroke => stroke).ToArray();
        var (left, right) = (points.Min(point => point[0]), points.Max(point => point[0]));
        var (top, bottom) = (points.Min(point => point[1]), points.Max(point => point[1]));
        var scale = fill * box.Width / Math.Max(1, Math.Max(right - left, bottom - top));
        return [.. digit.Strokes.Select(stroke => stroke.Select(point => (
            (float)(box.X + (box.Width / 2) + ((point[0] - ((left + right) / 2.0)) * scale)),
            (float)(box.Y + (box.Height / 2) + ((point[1] - ((top + bottom) / 2.0)) * scale)))).ToArray())];
    }

    internal static async Task PlayWithMouseAsync(IPage page, IEnumerable<(float X, float Y)[]> strokes)
    {
        foreach (var stroke in strokes)
        {
            await page.Mouse.MoveAsync(stroke[0].X, stroke[0].Y);
            await page.Mouse.DownAsync();

            // A mouse reports more often than a screen is drawn: several moves wait for each frame, and none of them for an answer.
            await Task.WhenAll(stroke.Skip(1).Select(point => page.Mouse.MoveAsync(point.X, point.Y)));
            await page.Mouse.UpAsync();
        }
    }

    internal static async Task PlayWithFingerAsync(ICDPSession session, IEnumerable<(float X, float Y)[]> strokes)
    {
        foreach (var stroke in strokes)
        {
            await TouchAsync(session, "touchStart", stroke[0]);
            foreach (var point in stroke.Skip(1))
            {
                await TouchAsync(session, "touchMove", point);
            }

            await TouchAsync(session, "touchEnd");
        }
    }

    /// <param name="session">Of the page.</param>
    /// <param name="strokes">In the window's pixels.</param>
    /// <param name="pressure">How hard the pen is pressed, 0 to 1.</param>
    internal static async Task PlayWithPenAsync(ICDPSession session, IEnumerable<(float X, float Y)[]> strokes, double pressure)
    {
        foreach (var stroke in strokes)
        {
            await PenAsync("mousePressed", stroke[0]);
            foreach (var point in stroke.Skip(1))
            {
                await PenAsync("mouseMoved", point);
            }

            await PenAsync("mouseReleased", stroke[^1]);
        }

        Task PenAsync(string type, (float X, float Y) point) => session.SendAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type,
            ["x"] = point.X,
            ["y"] = point.Y,
            ["button"] = "left",
            ["buttons"] = type == "mouseReleased" ? 0 : 1,
            ["clickCount"] = 1,
            ["force"] = pressure,
            ["pointerType"] = "pen",
        });
    }

    /// <summary>Tells the page which fingers touch it now, and where; the first of them has the identity 0.</summary>
    internal static Task TouchAsync(ICDPSession session, string type, params (float X, float Y)[] fingers) =>
        session.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = fingers.Select((finger, id) => new { x = finger.X, y = finger.Y, id }).ToArray(),
        });
}
