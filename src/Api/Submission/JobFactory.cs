using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>Checks a request against catalog and clock and makes the job to store.</summary>
internal sealed class JobFactory(ICatalogSource catalogs, TimeProvider time)
{
    /// <param name="headers">Of the request, for the rules.</param>
    public ApiError? Create(
        JobRequest request,
        byte[] received,
        Caller caller,
        IHeaderDictionary? headers,
        short defaultPriority,
        out NewJob? job
    )
    {
        job = null;
        var now = time.GetUtcNow();
        if (CheckBody(request) is { } wrongBody)
        {
            return wrongBody;
        }

        if (CheckTimes(request, now, out var deadline) is { } wrongTimes)
        {
            return wrongTimes;
        }

        var body = request.Body!;
        var fallbacks = request.Fallbacks ?? body.Fallbacks ?? [];
        var bytes = body.CopyFor(received);
        var catalog = catalogs.Current;
        var placement = JobPlacement.Of(
            catalog,
            new PlacementRequest
            {
                Model = body.Model!,
                Tenant = caller.TenantName,
                Now = now,
                Traits = body.Traits,
                Received = received,
                Body = bytes,
                Metadata = request.Metadata,
                AffinityKey = request.Affinity,
                Headers = headers,
            }
        );
        if (CheckModels(catalog, request, placement.Route ?? body.Model!, fallbacks) is { } unknownModel)
        {
            return unknownModel;
        }

        var priority = request.Priority ?? defaultPriority;
        job = new NewJob
        {
            Id = JobId.Create(time),
            TenantId = caller.TenantId,
            ApiKeyId = caller.ApiKeyId,
            Operation = request.Operation,
            Model = body.Model!,
            Body = bytes,
            Streaming = body.Streaming && request.Operation != Operation.Embeddings,
            Priority = (short)priority,
            Lane = Urgency.LaneOf(priority),
            CreatedAt = now,
            NotBefore = request.NotBefore,
            Deadline = deadline,
            EstimatedInputTokens = placement.InputTokens,
            EstimatedOutputTokens = TokenEstimate.Output(request.Operation, body.MaxOutputTokens),
            Replay = request.Replay,
            MaxCostNanoUsd = request.MaxCostNanoUsd,
            Fallbacks = fallbacks,
            Route = placement.Route,
            Needs = placement.Needs,
            Affinity = placement.Affinity,
            Metadata = request.Metadata,
            Options = JobOptionsJson.Write(request),
        };
        return null;
    }

    private static ApiError? CheckBody(JobRequest request)
    {
        if (request.Body is not { } body)
        {
            return ApiError.Missing("body");
        }

        if (body.Model is null)
        {
            return ApiError.Missing(request.BodyPath + "model");
        }

        var (field, kind, takesText) = request.Operation switch
        {
            Operation.Completions => ("prompt", body.Prompt, true),
            Operation.Embeddings => ("input", body.Input, true),
            _ => ("messages", body.Messages, false),
        };
        var param = request.BodyPath + field;
        return kind switch
        {
            InputKind.Absent => ApiError.Missing(param),
            InputKind.Items => null,
            InputKind.Text when takesText => null,
            InputKind.Empty => ApiError.Invalid(param, "it is empty."),
            _ => ApiError.Invalid(param, takesText ? "expected a string or an array." : "expected an array."),
        };
    }

    private static ApiError? CheckTimes(JobRequest request, DateTimeOffset now, out DateTimeOffset? deadline)
    {
        deadline = request.Deadline;
        if (request.ExpiresInSeconds is { } seconds)
        {
            if (deadline is not null)
            {
                return ApiError.Invalid("expires_in", "give either deadline or expires_in, not both.");
            }

            deadline = now.AddSeconds(seconds);
        }

        if (deadline <= now)
        {
            return ApiError.Invalid("deadline", "it has passed.");
        }

        return request.NotBefore >= deadline ? ApiError.Invalid("not_before", "it is not before the deadline.") : null;
    }

    /// <param name="model">The name whose route will serve the job.</param>
    private static ApiError? CheckModels(Catalog catalog, JobRequest request, string model, IReadOnlyList<string> fallbacks)
    {
        if (catalog.FindRoute(model) is null)
        {
            return ApiError.ModelNotFound(model, catalog, request.BodyPath + "model");
        }

        foreach (var fallback in fallbacks)
        {
            if (catalog.FindRoute(fallback) is null)
            {
                return ApiError.ModelNotFound(fallback, catalog, request.Fallbacks is null ? request.BodyPath + "fallbacks" : "fallbacks");
            }
        }

        return null;
    }
}
