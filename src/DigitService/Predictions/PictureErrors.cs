using DigitService.Problems;
using DigitService.Recognition;
using DigitService.Recognition.Imaging;
using Microsoft.AspNetCore.Connections;

namespace DigitService.Predictions;

/// <summary>Why a picture is not answered, where one of many has to tell it.</summary>
internal static class PictureErrors
{
    internal const string Blank = "Nothing is drawn in the picture.";

    /// <summary>Whether the client, or the server for lack of patience, has ended the connection in the middle of the body.</summary>
    internal static bool IsBrokenOff(Exception error) => error is ConnectionAbortedException or (IOException and not BadHttpRequestException);

    /// <summary>The status that a request with only this picture has; null if the picture is not to blame.</summary>
    internal static int? StatusOf(Exception error) =>
        error is ImageException or InvalidInputException or BadHttpRequestException ? ExpectedErrorHandler.StatusOf(error) : null;
}
