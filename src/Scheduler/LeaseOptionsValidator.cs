using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler;

/// <summary>The rules across properties of <see cref="SchedulerOptions"/>.</summary>
internal sealed class LeaseOptionsValidator : IValidateOptions<SchedulerOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulerOptions options) =>
        options.RenewInterval * 2 > options.LeaseDuration
            ? ValidateOptionsResult.Fail(
                $"{SchedulerOptions.Section}:RenewInterval: {options.RenewInterval} must be at most half of LeaseDuration, {options.LeaseDuration}, so that one lost renewal does not end the term."
            )
            : ValidateOptionsResult.Success;
}
