using DigitService.ApiDocument;
using DigitService.Feedback;
using DigitService.Health;
using DigitService.Models;
using DigitService.Operations;
using DigitService.Operations.Settings;
using DigitService.Predictions;
using DigitService.Problems;
using DigitService.Security;
using DigitService.Training;

if (CommandLine.Answer(args) is { } answered)
{
    return answered;
}

var builder = ServiceRun.CreateBuilder(args);
builder.Services.AddHealth();
builder.AddOperations();
builder.AddSecurity();
builder.Services.AddProblems();
builder.Services.AddApiDocument();
builder.Services.AddModels(builder.Configuration);
builder.Services.AddPredictions(builder.Configuration);
builder.Services.AddTraining(builder.Configuration);
builder.Services.AddFeedback(builder.Configuration);

// Only this machine is answered, unless --urls or ASPNETCORE_URLS says otherwise.
if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
{
    builder.WebHost.UseUrls("http://localhost:8080");
}

var app = builder.Build();
app.UseOperations();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseSecurity();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseApiDocument();
app.MapHealth();
app.MapModels();
app.MapPredictions();
app.MapTraining();
app.MapFeedback();
return app.RunToEnd();
