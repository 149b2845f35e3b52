namespace DigitService.Recognition.Imaging;

/// <summary>What is drawn in a picture, and where.</summary>
/// <param name="Ink">The strength of the ink, 0 none to 255 full; what does not belong to the drawing is 0.</param>
/// <param name="Box">The bounding box of the drawing.</param>
internal sealed record Drawing(GrayImage Ink, Box Box);
