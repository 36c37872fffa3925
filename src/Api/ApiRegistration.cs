using InferenceBroker.Api.Admin;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Explain;
using InferenceBroker.Api.Hubs;
using InferenceBroker.Api.Inference;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Models;
using InferenceBroker.Api.Relay;
using InferenceBroker.Api.Root;
using InferenceBroker.Api.Submission;
using InferenceBroker.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api;

/// <summary>Adds the Api role to a host.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddBrokerApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindStrictly(ApiOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ApiSecrets>();
        services.TryAddSingleton<KeyCache>();
        services.TryAddSingleton<TenantNames>();
        services.TryAddSingleton<JobTokens>();
        services.TryAddSingleton<CallerResolver>();
        services.TryAddSingleton<JobFactory>();
        services.TryAddSingleton<JobSubmitter>();
        services.TryAddSingleton<AsyncSubmission>();
        services.TryAddSingleton<InferenceCall>();
        services.TryAddSingleton<AttemptModels>();
        services.TryAddSingleton<LeaderQuestions>();
        services.TryAddSingleton<JobReader>();
        services.TryAddSingleton<JobCanceller>();
        services.TryAddSingleton<JobListeners>();
        services.TryAddSingleton<JobWaiter>();
        services.TryAddSingleton<JobEventReaders>();
        services.TryAddSingleton<CompletionRate>();
        services.TryAddSingleton<JobsChangedHandler>();
        services.AddAdmin();
        services.AddHostedService<BootstrapKeys>();
        services.AddHostedService<RelayReceiver>();
        services.AddSignalR().AddMessagePackProtocol();
        services
            .AddOptions<HubOptions>()
            .Configure<IOptions<ApiOptions>>((hub, api) => hub.MaximumReceiveMessageSize = api.Value.MaxBodyBytes);
        return services;
    }

    /// <summary>Adds the Api's middleware and routes. Call it before anything else is mapped that should have a request id.</summary>
    public static WebApplication MapBrokerApi(this WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<CallerMiddleware>();
        app.MapRoot();
        app.MapSubmission();
        app.MapJobs();
        app.MapExplain();
        app.MapEvents();
        app.MapInference();
        app.MapModels();
        app.MapAdmin();
        app.MapHub<JobsHub>("/hubs/jobs");
        return app;
    }
}
