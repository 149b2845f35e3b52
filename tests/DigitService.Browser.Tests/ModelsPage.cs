using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>What facts about the Models view look at and press.</summary>
internal static class ModelsPage
{
    internal static ILocator Card(this DrawingPage page, string id) => page.Page.Locator($".model-card[data-model='{id}']");

    internal static ILocator Dialog(this DrawingPage page) => page.Page.GetByRole(AriaRole.Dialog);

    internal static ILocator Toast(this DrawingPage page) => page.Page.Locator(".toast").Last;

    /// <summary>A cell of the confusion matrix: its button, or the cell itself where nothing was misread.</summary>
    internal static ILocator Cell(this DrawingPage page, int actual, int predicted) =>
        page.Page.Locator($".heat tbody tr:nth-child({actual + 1}) td:nth-of-type({predicted + 1})");

    internal static ILocator Button(this ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    internal static async Task AssertFocusedAsync(this ILocator element) => await Expect(element).ToBeFocusedAsync();

    /// <summary>The ids of the models that are listed, from the first to the last.</summary>
    internal static async Task<string[]> ListedAsync(this DrawingPage page) =>
        await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.model-card')].map(card => card.dataset.model)");

    /// <summary>Puts what is no model into the folder of a service's models.</summary>
    internal static void AddDamaged(this Host host, string id)
    {
        Directory.CreateDirectory(Path.Combine(host.Models, id));
        File.WriteAllText(Path.Combine(host.Models, id, "model.json"), "{ \"version\": 1, ");
    }
}
