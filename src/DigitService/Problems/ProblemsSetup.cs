namespace DigitService.Problems;

/// <summary>Every error leaves the service as application/problem+json.</summary>
internal static class ProblemsSetup
{
    internal static void AddProblems(this IServiceCollection services)
    {
        // The first writer that can has the word, and this one always can.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();

        // A parameter of another type is an exception like any other mistake, in production too.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExpectedErrorHandler>();
    }
}
