using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;

namespace DigitService.Tests;

/// <summary>What is known of the model that ships.</summary>
internal static class ShippedModel
{
    /// <summary>Its id: the one that git keeps, whatever else was trained and activated here.</summary>
    internal const string Id = "20261122-010912-vgg";

    internal static ModelInfo Info { get; } = new ModelRegistry(Path.Combine(ProjectFolder.FindOr("."), "models")).Get(Id);

    /// <summary>Its accuracy as the page writes it: '99.59%'.</summary>
    internal static string Accuracy { get; } = string.Create(CultureInfo.InvariantCulture, $"{100 * Info.Accuracy!.Value:F2}%");
}
