using System.Xml.XPath;
using DigitService.Operations;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace DigitService.ApiDocument;

/// <summary>
/// The API's description in OpenAPI, and the page that shows it: the manual. Both are made when somebody asks for them,
/// from what the routes say of themselves, the types' documentation, and the examples here.
/// </summary>
internal static class ApiDocumentSetup
{
    internal const string Name = "v1";
    private const string Folder = "/swagger";
    private const string Style = "manual.css";

    private static readonly string[] _methods = [HttpMethods.Get, HttpMethods.Head];

    internal static void AddApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();

        // Types are described as they are written: by the options of the answers, with their names for enumerations.
        services.AddSingleton<ISerializerDataContractResolver>(provider =>
            new JsonSerializerDataContractResolver(provider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions));
        services.AddSwaggerGen(Describe);
        services.AddSingleton<ApiDocumentFile>();
    }

    internal static void UseApiDocument(this WebApplication app)
    {
        app.MapMethods($"{Folder}/{Name}/swagger.json", _methods, (ApiDocumentFile file) => file.AnswerAsync())
            .ExcludeFromDescription();
        app.MapMethods($"{Folder}/{Style}", _methods, () => TypedResults.Text(Resource.ReadText(Style), "text/css"))
            .ExcludeFromDescription();

        var page = new Lazy<RequestDelegate>(() => ((IApplicationBuilder)app).New().UseSwaggerUI(Show).Build());
        app.MapMethods($"{Folder}/{{**file}}", _methods, context =>
        {
            // What serves the page's files leaves requests alone that have an endpoint.
            context.SetEndpoint(null);
            return page.Value(context);
        });
    }

    private static void Describe(SwaggerGenOptions options)
    {
        options.SwaggerDoc(Name, new OpenApiInfo
        {
            Title = ServiceVersion.Name,
            Version = ServiceVersion.Number,
            Description = Resource.ReadText("Manual.md"),
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
        });
        options.AddSecurityDefinition(ApiKeyFilter.Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyFilter.Header,
            Description = "What the service was started with as `Security:ApiKey`. Without one there, none is asked for here.",
        });
        foreach (var documentation in CodeDocumentation.Load())
        {
            options.IncludeXmlComments(() => new XPathDocument(documentation.CreateReader()));
        }

        options.SchemaFilter<NullabilityFilter>();
        options.SchemaFilter<TrainingFilter>();
        options.SchemaFilter<ProblemSchemaFilter>();
        options.OperationFilter<PictureBodyFilter>();
        options.OperationFilter<ApiKeyFilter>();
        options.OperationFilter<ProblemFilter>();
        options.OperationFilter<ExampleFilter>();
        options.OperationFilter<HeaderFilter>();
        options.DocumentFilter<TagFilter>();
    }

    private static void Show(SwaggerUIOptions options)
    {
        options.RoutePrefix = Folder[1..];
        options.DocumentTitle = $"{ServiceVersion.Name}: the API";
        options.SwaggerEndpoint($"{Name}/swagger.json", ServiceVersion.Name);
        options.InjectStylesheet(Style);
        options.EnableDeepLinking();
        options.EnableTryItOutByDefault();
        options.DisplayRequestDuration();
        options.DefaultModelsExpandDepth(0);
    }
}
