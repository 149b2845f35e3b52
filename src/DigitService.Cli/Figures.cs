using System.Globalization;

namespace DigitService.Cli;

/// <summary>Numbers as all of the program's tables have them, whatever the machine's language.</summary>
internal static class Figures
{
    private static readonly NumberFormatInfo _numbers = new() { PercentPositivePattern = 1, PercentNegativePattern = 1 };

    /// <summary>The text with its numbers, such as 98.62% and 60,000.</summary>
    internal static string Text(FormattableString text) => text.ToString(_numbers);

    /// <summary>A share as a percentage with two decimals; a dash if unknown.</summary>
    internal static string Percent(double? share) => share is { } known ? Text($"{known:P2}") : "-";

    /// <summary>A loss with four decimals; a dash if unknown.</summary>
    internal static string Loss(double? loss) => loss is { } known ? Text($"{known:F4}") : "-";

    /// <summary>A learning rate with three significant digits.</summary>
    internal static string Rate(double rate) => Text($"{rate:G3}");

    /// <summary>Minutes and seconds, with hours before them if there are any.</summary>
    internal static string Clock(TimeSpan time) =>
        time.TotalHours < 1 ? Text($"{time:m\\:ss}") : Text($"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>A number of things: 1 epoch, 2 epochs, 1 batch, 2 batches.</summary>
    internal static string Count(long number, string one, string many) => Text($"{number:N0} {(number == 1 ? one : many)}");
}
