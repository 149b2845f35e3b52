using System.Globalization;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class ModelsListFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task TheListShowsTheModelThatShips()
    {
        await using var page = await OpenAsync();
        var card = page.Card(ModelApi.Shipped);
        await Expect(card).ToContainTextAsync(ShippedModel.Info.Network);
        await Expect(card).ToContainTextAsync(ShippedModel.Accuracy);
        await Expect(card).ToContainTextAsync(ShippedModel.Info.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        await Expect(card.Locator(".badge.active")).ToHaveTextAsync("Active");
        await Expect(page.Page).ToHaveTitleAsync("Models · DigitService");
        await card.GetByRole(AriaRole.Link, new() { Name = ShippedModel.Info.Network, Exact = true }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = ShippedModel.Info.Network })).ToBeFocusedAsync();
        Assert.EndsWith($"#/models/{ModelApi.Shipped}", page.Page.Url, StringComparison.Ordinal);
        await Expect(page.Page.Locator(".tabs [aria-current]")).ToHaveAttributeAsync("href", "#/models");
        await page.Page.GoBackAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = ShippedModel.Info.Network, Exact = true }).AssertFocusedAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task ModelsAreSortedAsAskedAndTheAddressSaysSo()
    {
        var id = await host.Client.ImportAsync();
        await using var page = await OpenAsync();
        await Expect(page.Card(id)).ToBeVisibleAsync();
        Assert.True(await IsFirstAsync(id));
        await page.Page.GetByLabel("Accuracy", new() { Exact = true }).CheckAsync(new() { Force = true });
        Assert.True(await IsFirstAsync(ModelApi.Shipped));
        await page.Page.ReloadAsync();
        await Expect(page.Card(id)).ToBeVisibleAsync();
        Assert.True(await IsFirstAsync(ModelApi.Shipped));
        Assert.EndsWith("?sort=accuracy", page.Page.Url, StringComparison.Ordinal);
        await page.Page.GetByLabel("Size", new() { Exact = true }).CheckAsync(new() { Force = true });
        Assert.True(await IsFirstAsync(id));
        page.AssertQuiet();

        // Other facts may have left models that lie between the two.
        async Task<bool> IsFirstAsync(string wanted) =>
            (await page.ListedAsync()).First(listed => listed == id || listed == ModelApi.Shipped) == wanted;
    }

    [Fact]
    public async Task DeletingAsksFirstAndCancellingKeepsTheModel()
    {
        var id = await host.Client.ImportAsync();
        await using var page = await OpenAsync();
        var delete = page.Card(id).Button("Delete mlp");
        await delete.ClickAsync();
        await Expect(page.Dialog()).ToContainTextAsync($"The model {id}, its weights and its evaluation");
        await page.Dialog().Button("Cancel").AssertFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog()).ToHaveCountAsync(0);
        await delete.AssertFocusedAsync();

        await delete.ClickAsync();
        await page.Dialog().Button("Delete").ClickAsync();
        await Expect(page.Card(id)).ToHaveCountAsync(0);
        await Expect(page.Toast()).ToContainTextAsync("mlp is deleted.");
        Assert.False(Directory.Exists(Path.Combine(host.Models, id)));
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheActiveModelIsNotDeletedAndTheReasonIsTold()
    {
        await using var page = await OpenAsync();
        var delete = page.Card(ModelApi.Shipped).Button($"Delete {ShippedModel.Info.Network}");
        await Expect(delete).ToHaveAttributeAsync("aria-disabled", "true");
        await delete.ClickAsync(new() { Force = true });
        await Expect(page.Toast()).ToContainTextAsync("The active model cannot be deleted. Activate another one first.");
        await Expect(page.Dialog()).ToHaveCountAsync(0);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ADamagedModelIsListedWithItsReasonAndCanBeDeleted()
    {
        host.AddDamaged("broken");
        await using var page = await OpenAsync();
        var card = page.Card("broken");
        await Expect(card).ToContainTextAsync("Damaged");
        await Expect(card).ToContainTextAsync("models/broken/model.json cannot be used");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Activate" })).ToHaveCountAsync(0);
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Page.Locator(".notice")).ToContainTextAsync("models/broken/model.json cannot be used");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.Dialog().Button("Delete").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Models" })).ToBeVisibleAsync();
        await Expect(page.Card("broken")).ToHaveCountAsync(0);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ChosenModelsAreComparedSideBySide()
    {
        var id = await host.Client.ImportAsync();
        await using var page = await OpenAsync();
        await page.Card(id).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(page.Page.Locator(".compare-bar")).ToContainTextAsync("1 model chosen");
        await page.Card(ModelApi.Shipped).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Page.Locator(".compare-bar").GetByRole(AriaRole.Link).ClickAsync();
        var table = page.Page.GetByRole(AriaRole.Table);
        await Expect(table.GetByRole(AriaRole.Link)).ToHaveTextAsync(["mlp", ShippedModel.Info.Network]);
        var accuracy = table.GetByRole(AriaRole.Row, new() { Name = "Accuracy" }).First;
        await Expect(accuracy.Locator("[data-best]")).ToContainTextAsync(ShippedModel.Accuracy);
        await Expect(table.GetByRole(AriaRole.Row, new() { Name = "F1, digit" })).ToHaveCountAsync(10);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "All models" }).ClickAsync();
        await Expect(page.Card(id).GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task AnEmptyRegistrySaysWhatToDo()
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = "#/models",
            Prepare = context => context.RouteAsync("**/models", route => route.FulfillAsync(new() { ContentType = "application/json", Body = "[]" })),
        });
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "No models yet" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Train a network" })).ToHaveAttributeAsync("href", "#/train");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Import a model" }).ClickAsync();
        await Expect(page.Dialog()).ToContainTextAsync("Choose a file");
        page.AssertQuiet();
    }

    [Fact]
    public async Task AServiceThatIsAwayIsToldAndAskedAgain()
    {
        var isAway = true;
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = "#/models",
            Prepare = context => context.RouteAsync("**/models", route => isAway ? route.AbortAsync() : route.ContinueAsync()),
        });
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "This cannot be shown" })).ToBeVisibleAsync();
        isAway = false;
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Card(ModelApi.Shipped)).ToBeVisibleAsync();
    }

    private Task<DrawingPage> OpenAsync() => browser.OpenAsync(host.Address, new PageOptions { Path = "#/models" });
}
