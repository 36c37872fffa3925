using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>One look for a job's endpoint: what it needs, and what it would use.</summary>
internal readonly struct Wish(IndexedJob job, JobEstimate estimate, JobNeeds needs, DateTimeOffset now)
{
    public IndexedJob Job { get; } = job;

    public JobEstimate Estimate { get; } = estimate;

    public JobNeeds Needs { get; } = needs;

    public DateTimeOffset Now { get; } = now;

    public Lane Lane { get; } = job.Lane.Lane;

    /// <summary>Tokens only: endpoints have no budget of money.</summary>
    public Spend Spend { get; } = new(estimate.InputTokens, estimate.OutputTokens);

    /// <summary>Whether the job's own limit and its owner's budgets of money allow what it would cost there.</summary>
    public bool CanPay(TargetState target)
    {
        var account = Job.Group.Account;
        var (tenant, key) = (account.Tenant?.Money, account.ApiKey?.Money);
        if (Job.Wishes.MaxNanoUsd is null && tenant is null && key is null)
        {
            return true;
        }

        var cost = (long)target.ExpectedNanoUsd(Estimate);
        return IsWithinMaxCost(target) && (tenant is null || tenant.Has(cost, Now)) && (key is null || key.Has(cost, Now));
    }

    /// <summary>What earlier attempts have cost counts too.</summary>
    public bool IsWithinMaxCost(TargetState target) =>
        !(Job.Wishes.MaxNanoUsd < Job.Wishes.SpentNanoUsd + (long)target.ExpectedNanoUsd(Estimate));

    /// <summary>Retries may not multiply the load of an endpoint in trouble.</summary>
    public bool MayRetryAt(EndpointCredit endpoint) => Job.Tried is null || endpoint.Retries.AllowsRetry(Now);
}
