using DigitService.Models;
using DigitService.Predictions;
using DigitService.Problems;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddProblems();
builder.Services.AddModels(builder.Configuration);
builder.Services.AddPredictions();

// Only this machine is answered, unless --urls or ASPNETCORE_URLS says otherwise.
if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
{
    builder.WebHost.UseUrls("http://localhost:8080");
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapModels();
app.MapPredictions();
app.Run();
