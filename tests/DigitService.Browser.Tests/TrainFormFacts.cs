using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class TrainFormFacts(BrowserFixture browser)
{
    [Theory]
    [InlineData("Epochs", "0", "Accepted: 1 to 1,000.")]
    [InlineData("Epochs", "2.5", "This is to be a whole number: 1 to 1,000.")]
    [InlineData("Learning rate", "fast", "This is to be a number: above 0, at most 10.")]
    [InlineData("Replicas", "64", "At most 25: each wants two images of every batch of 50.")]
    [InlineData("Training images", "60,000", "At most 59,500 are left by the validation images.")]
    public async Task AWrongValueIsToldAtItsFieldAndNotSent(string name, string value, string problem)
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = TrainPage.NewRun("mlp", 1) + "&batchSize=50" });
        var field = page.Field(name);
        await Expect(field).Not.ToHaveValueAsync("");
        var right = await field.InputValueAsync();
        await field.FillAsync(value);
        await page.Page.Locator(".start-row .primary").ClickAsync();
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(problem)));
        Assert.DoesNotContain("#/train/2", page.Page.Url, StringComparison.Ordinal);
        await field.FillAsync(right);
        await field.BlurAsync();
        await Expect(field).Not.ToHaveAttributeAsync("aria-invalid", "true");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhatTheServiceRefusesIsToldWhereItBelongs()
    {
        var details = new Queue<(int Status, string Detail)>([
            (400, "weightDecay is 0.5; accepted: less."), (503, "8 runs wait already, and no more may."),
        ]);
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Path = TrainPage.NewRun("mlp", 1),
            Prepare = context => context.RouteAsync("**/train", route =>
            {
                var (status, detail) = details.Dequeue();
                return route.FulfillAsync(new() { Status = status, ContentType = "application/problem+json", Body = JsonSerializer.Serialize(new { detail }) });
            }),
        });
        var start = page.Page.Locator(".start-row .primary");
        await start.ClickAsync();
        await Expect(page.Field("Weight decay")).ToBeFocusedAsync();
        await Expect(page.Field("Weight decay")).ToHaveAccessibleDescriptionAsync(new Regex("weightDecay is 0.5; accepted: less."));
        await page.Field("Weight decay").FillAsync("0.1");
        await start.ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "8 runs wait already" })).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData("#/train?network=lenet5&epochs=7", "lenet5", "7")]
    [InlineData("#/train?network=nobody&more=1", "cnn", "8")]
    public async Task AnAddressThatLacksTheNewRunLeadsToOneAndNonsenseInItIsPassedOver(string address, string network, string epochs)
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = address });
        await Expect(page.Page.GetByRole(AriaRole.Radio, new() { Checked = true, NameRegex = new Regex($"^{network}") })).ToBeVisibleAsync();
        await Expect(page.Field("Epochs")).ToHaveValueAsync(epochs);
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheChoiceIsInTheAddressAndLeadsBackToTheRecipe()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = "#/train/new?network=resnet&epochs=3&rotation=20" });
        await Expect(page.Page.GetByRole(AriaRole.Radio, new() { Name = "resnet 174K parameters" })).ToBeCheckedAsync();
        await Expect(page.Field("Epochs")).ToHaveValueAsync("3");
        await Expect(page.Field("Changes at random")).ToHaveValueAsync("own");
        await page.Field("Changes at random").SelectOptionAsync("none");
        await Expect(page.Field("Rotation")).ToHaveValueAsync("0");
        await page.Field("Optimizer").SelectOptionAsync("momentum");
        await Expect(page.Field("Momentum")).ToHaveValueAsync("0.9");
        await page.Button("Recipe: 12").ClickAsync();
        await Expect(page.Field("Epochs")).ToHaveValueAsync("12");
        await page.Page.ReloadAsync();
        await Expect(page.Field("Rotation")).ToHaveValueAsync("0");
        await Expect(page.Field("Optimizer")).ToHaveValueAsync("momentum");
        await page.Button("Back to the recipe").ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"#/train/new\?network=resnet$"));
        await Expect(page.Field("Changes at random")).ToHaveValueAsync("elastic");
        page.AssertQuiet();
    }

    [Fact]
    public async Task ANetworkThatTellsDigitsAsksHowManyPicturesOfNoDigitItLearnsFrom()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = "#/train/new?network=vgg&drawnDigits=0.2" });
        await Expect(page.Field("Pictures of no digit")).ToHaveValueAsync("0.4");
        await Expect(page.Field("Drawn digits")).ToHaveValueAsync("0.2");
        await Expect(page.Field("Weight averaging")).ToHaveValueAsync("0.999");
        await Expect(page.Page.GetByText("4,300 steps")).ToBeVisibleAsync();
        await page.Field("Pictures of no digit").FillAsync("0");
        await page.Field("Pictures of no digit").BlurAsync();
        await Expect(page.Field("Pictures of no digit")).ToHaveAccessibleDescriptionAsync(new Regex("Accepted: above 0, at most 1."));
        await page.GoAsync("#/train/new?network=cnn");
        await Expect(page.Field("Drawn digits")).ToHaveValueAsync("0");
        await Expect(page.Field("Pictures of no digit")).ToBeHiddenAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task WithTheKeyboardAloneANetworkIsChosenAndTrained()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = TrainPage.NewRun("mlp", 1) });
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "mlp 109K parameters" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Page.Locator(".network-about")).ToContainTextAsync("sigmoid");
        await page.Field("Training images").FocusAsync();
        await page.Page.Keyboard.PressAsync("Control+a");
        await page.Page.Keyboard.TypeAsync("1000");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitForStatusAsync("completed");
        await Expect(page.Page.Locator("#run-title")).ToBeFocusedAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhereNothingHasBeenTrainedARecipeIsAtHand()
    {
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Path = "#/train",
            Prepare = context => context.RouteAsync("**/runs", route => route.FulfillAsync(new() { Json = Array.Empty<object>() })),
        });
        await Expect(page.Page.GetByText("Nothing has been trained here yet.")).ToBeVisibleAsync();
        await page.Page.GetByText("Choose this recipe").ClickAsync();
        await Expect(page.Field("Recipe")).ToHaveValueAsync("fast");
        await Expect(page.Field("Epochs")).ToHaveValueAsync("3");
        page.AssertQuiet();
    }
}
